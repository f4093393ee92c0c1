from demo.run import run

run()
