"""``/api/v1``: the REST API. Every route is in :data:`ROUTES`; OpenAPI is made from it too."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, request

from backend import metrics
from backend.web import ids
from backend.web.api import (
    access,
    accounts,
    activities,
    api_keys,
    conversations,
    crm_logs,
    crm_pages,
    crms,
    doubts,
    hooks,
    imports,
    licenses,
    logs,
    media,
    numbers,
    opt_outs,
    people,
    problems,
    push,
    quick_replies,
    reading,
    receipts,
    restrictions,
    scheduled,
    session,
    settings,
    users,
    watching,
)
from backend.web.api.routes import Call, Route, Services
from shared import wire

PREFIX = "/api/v1"
ROUTES: tuple[Route, ...] = (
    session.sign_in,
    session.refresh_session,
    session.sign_out,
    session.me,
    push.subscribe,
    push.unsubscribe,
    conversations.list_conversations,
    conversations.list_messages,
    conversations.send_text,
    scheduled.suggest_times,
    scheduled.list_scheduled,
    scheduled.edit_scheduled,
    scheduled.cancel_scheduled,
    scheduled.keep_scheduled,
    media.upload_media,
    receipts.retry_receipt,
    receipts.choose_opportunity,
    receipts.file_message,
    activities.list_activities,
    activities.add_note,
    opt_outs.list_opt_outs,
    opt_outs.add_opt_out,
    opt_outs.end_opt_out,
    opt_outs.list_consent_events,
    restrictions.list_restrictions,
    restrictions.add_restriction,
    restrictions.end_restriction,
    restrictions.answer_suspicion,
    api_keys.list_api_keys,
    api_keys.make_api_key,
    api_keys.revoke_api_key,
    hooks.list_hooks,
    hooks.make_hook,
    hooks.switch_hook,
    hooks.remove_hook,
    hooks.list_deliveries,
    hooks.retry_deliveries,
    users.list_users,
    users.invite_user,
    users.get_user,
    users.change_user,
    users.disable_user,
    users.enable_user,
    users.make_user_link,
    licenses.list_licenses,
    licenses.set_seats,
    licenses.list_license_history,
    licenses.assign_license,
    licenses.revoke_license,
    numbers.list_numbers,
    numbers.sync_numbers,
    numbers.get_number,
    numbers.switch_number,
    numbers.assign_number,
    numbers.unassign_number,
    quick_replies.list_quick_replies,
    quick_replies.add_quick_reply,
    quick_replies.change_quick_reply,
    quick_replies.remove_quick_reply,
    settings.get_settings,
    settings.change_settings,
    settings.resume_sending,
    crms.list_crms,
    crms.connect_crm,
    crms.configure_crm,
    crms.check_crm,
    crms.disconnect_crm,
    crms.list_crm_users,
    crms.choose_crm_user,
    crm_logs.list_crm_logs,
    crm_logs.retry_crm_log,
    crm_logs.retry_crm_logs,
    crm_logs.list_drift,
    crm_logs.compare_opt_outs,
    doubts.list_doubts,
    doubts.settle_doubt,
    watching.list_rounds,
    watching.run_round,
    watching.list_quarantine,
    watching.retry_quarantine,
    watching.drop_quarantine,
    logs.list_decisions,
    logs.list_audit,
    accounts.list_people,
    imports.upload_import,
    imports.list_imports,
    imports.get_import,
    imports.change_import,
    imports.list_import_problems,
    people.export_person,
    people.erase_person,
    crm_pages.crm_pages,
)

__all__ = ["PREFIX", "ROUTES", "Services", "register"]


def register(app: Flask, services: Services, origins: frozenset[str]) -> None:
    """Serve the API. ``origins`` are those of the extension, such as ``chrome-extension://…``."""
    ids.register(app)
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    for each in ROUTES:
        blueprint.add_url_rule(
            each.path,
            each.name,
            _view(each, services),
            methods=[each.method],
            provide_automatic_options=False,
        )
    for path in {each.path for each in ROUTES}:
        blueprint.add_url_rule(
            path,
            f"preflight {path.replace('.', '_')}",
            lambda **_: access.preflight(origins),
            methods=["OPTIONS"],
        )
    problems.register(app, PREFIX)

    @app.after_request
    def finish(response: Response) -> Response:
        # Also on what matched no route: a page that may read answers may read refusals.
        if request.path == PREFIX or request.path.startswith(PREFIX + "/"):
            metrics.requests.count(f"{response.status_code // 100}xx")
            if response.status_code >= 400:
                metrics.requests_refused.count(str(response.status_code))
            access.protect(response, origins)
        return response

    app.register_blueprint(blueprint)


def _view(route: Route, services: Services) -> Callable[..., Response]:
    usual = next(iter(route.answers))

    def view(**values: Any) -> Response:
        # Who calls comes first: a stranger learns nothing of what a body should look like.
        caller = access.identify(services.sessions, services.writer) if route.signed_in else None
        if caller is not None:
            access.authorise(caller, route.scope, route.admin)
        call = Call(services, request.remote_addr or "", caller)
        if route.body:
            values["body"] = reading.body(route.body)
        if route.query:
            values["query"] = reading.query(route.query)
        result = route.handler(call, **values)
        found, status = result if isinstance(result, tuple) else (result, usual)
        if found is None:
            return Response(status=status)
        return Response(wire.encode(found), status, content_type="application/json")

    return view
