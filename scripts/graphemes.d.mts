/** The packed runs of classes, made again from the splitter that is installed. */
export function runs(): string;
