"""Gemini's image models as Google's client speaks to them, on the loopback.

By hand: ``python -m tests.support.gemini_server``; the key is ``gemini-key``.
"""

import re
from collections.abc import Mapping

import orjson
import pybase64

from tests.support.loopback import Asked, Reply
from tests.support.services import ServiceServer, painted, reply_json

KEY = "gemini-key"
MODEL = "gemini-3-pro-image"
RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo"


class GeminiServer(ServiceServer):
    def __init__(self, *, needs_text: bool = False) -> None:
        self.needs_text = needs_text
        self.key = KEY
        super().__init__()

    def is_paid(self, asked: Asked) -> bool:
        return asked.method == "POST"

    def serve(self, asked: Asked) -> Reply:
        if asked.headers.get("x-goog-api-key") != self.key:
            return error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
        found = re.fullmatch(r"/v1beta/models/([^:?]+)(:generateContent)?", asked.path)
        if found is None or found[1] != MODEL:
            name = found[1] if found else "?"
            return error(404, "NOT_FOUND", f"models/{name} is not found for API version v1beta")
        if asked.method == "GET":
            return reply_json(
                {
                    "name": f"models/{MODEL}",
                    "version": "3.0",
                    "displayName": "Nano Banana Pro",
                    "supportedGenerationMethods": ["generateContent", "countTokens"],
                }
            )
        return self._generate(orjson.loads(asked.body))

    def _generate(self, told: dict[str, object]) -> Reply:
        setting = told["generationConfig"]
        if self.needs_text and setting["responseModalities"] == ["IMAGE"]:
            return error(
                400,
                "INVALID_ARGUMENT",
                "The requested combination of response modalities (IMAGE) is not supported",
            )
        parts = told["contents"][0]["parts"]
        template = next(part["inlineData"]["data"] for part in parts if "inlineData" in part)
        picture = painted(pybase64.urlsafe_b64decode(template), setting["seed"])
        return answered([thought_part(), picture_part(picture)])


def picture_part(picture: bytes, **more: object) -> dict[str, object]:
    data = pybase64.b64encode(picture).decode()
    return {"inlineData": {"mimeType": "image/png", "data": data}, **more}


def thought_part() -> dict[str, object]:
    return {"text": "The outline runs along the river.", "thought": True}


def answered(parts: list[dict[str, object]], reason: str = "STOP", **candidate: object) -> Reply:
    return reply_json(
        {
            "candidates": [
                {
                    "content": {"role": "model", "parts": parts},
                    "finishReason": reason,
                    "index": 0,
                    **candidate,
                }
            ],
            "usageMetadata": {
                "promptTokenCount": 1400,
                "candidatesTokenCount": 1120,
                "totalTokenCount": 2520,
            },
            "modelVersion": "gemini-3-pro-image-002",
            "responseId": "r1",
        }
    )


def refused(reason: str, message: str = "") -> Reply:
    """A candidate that ends for a reason of its own, without parts."""
    candidate = {"finishReason": reason, "index": 0}
    if message:
        candidate["finishMessage"] = message
    return reply_json({"candidates": [candidate], "modelVersion": MODEL})


def blocked(reason: str) -> Reply:
    """A prompt that was not even looked at by the model."""
    return reply_json({"promptFeedback": {"blockReason": reason}, "modelVersion": MODEL})


def error(
    status: int,
    code: str,
    message: str,
    *,
    retry_delay: str = "",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    details = [{"@type": RETRY_INFO, "retryDelay": retry_delay}] if retry_delay else []
    told = {"code": status, "message": message, "status": code, "details": details}
    return reply_json({"error": told}, status, headers)


if __name__ == "__main__":
    server = GeminiServer()
    print(server.origin, flush=True)  # noqa: T201  for whoever runs it by hand
    server.run()
