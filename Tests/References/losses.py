"""Makes losses.json: losses and their gradients with regard to the logits, by PyTorch."""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(2)
LOGITS = torch.randn(4, 3)
TEACHER = torch.randn(4, 3)
CLASSES = torch.tensor([0, 2, 1, 2])
WEIGHTS = torch.tensor([0.5, 1.0, 2.0])
VALUES = torch.randn(4)
PREDICTED = torch.randn(4, 1)


def with_gradient(loss, at):
    x = at.clone().requires_grad_()
    value = loss(x)
    value.backward()
    return {"value": value.item(), "gradient": x.grad.flatten().tolist()}


def focal(x, gamma=2.0):
    logarithm = F.log_softmax(x, 1).gather(1, CLASSES[:, None])[:, 0]
    return (-(1 - logarithm.exp()) ** gamma * logarithm).mean()


def distilled(x, hard, soft, temperature):
    teacher = F.log_softmax(TEACHER / temperature, 1)
    student = F.log_softmax(x / temperature, 1)
    divergence = (teacher.exp() * (teacher - student)).sum(1).mean()
    return hard * F.cross_entropy(x, CLASSES) + soft * temperature**2 * divergence


result = {
    "logits": LOGITS.flatten().tolist(), "teacher": TEACHER.flatten().tolist(),
    "classes": CLASSES.tolist(), "weights": WEIGHTS.tolist(), "values": VALUES.tolist(),
    "predicted": PREDICTED.flatten().tolist(),
    "cross-entropy": with_gradient(lambda x: F.cross_entropy(x, CLASSES), LOGITS),
    "cross-entropy smoothed": with_gradient(
        lambda x: F.cross_entropy(x, CLASSES, label_smoothing=0.1), LOGITS),
    "cross-entropy weighted": with_gradient(
        lambda x: F.cross_entropy(x, CLASSES, weight=WEIGHTS), LOGITS),
    "focal": with_gradient(focal, LOGITS),
    "mse": with_gradient(lambda x: F.mse_loss(x[:, 0], VALUES), PREDICTED),
    "mae": with_gradient(lambda x: F.l1_loss(x[:, 0], VALUES), PREDICTED),
    "huber": with_gradient(lambda x: F.huber_loss(x[:, 0], VALUES), PREDICTED),
    "distilled 0.5 0.5 4": with_gradient(lambda x: distilled(x, 0.5, 0.5, 4.0), LOGITS),
    "distilled 0.1 0.9 2": with_gradient(lambda x: distilled(x, 0.1, 0.9, 2.0), LOGITS),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, indent=1) + "\n")
