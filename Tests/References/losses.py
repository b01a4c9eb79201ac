"""Makes losses.json: losses and their gradients with regard to the logits, by PyTorch 2.15, installed besides.

A loss and its gradient are a few dozen 32-bit operations, for which 1e-6 leaves room.
"""
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


# Drawn after everything that was there before.
INDICATORS = (torch.rand(4, 3) < 0.5).float()


def focal_of_labels(x, gamma=2.0):
    """torchvision.ops.sigmoid_focal_loss with alpha < 0, which weighs nothing."""
    p = torch.sigmoid(x)
    loss = F.binary_cross_entropy_with_logits(x, INDICATORS, reduction="none")
    p_t = p * INDICATORS + (1 - p) * (1 - INDICATORS)
    return (loss * (1 - p_t) ** gamma).mean()


def labels_distilled(x, hard, soft, temperature):
    def both(logits):
        p = torch.sigmoid(logits / temperature)
        return torch.stack([p, 1 - p])
    teacher, student = both(TEACHER), both(x)
    divergence = (teacher * (teacher.log() - student.log())).sum(0).mean()
    return (hard * F.binary_cross_entropy_with_logits(x, INDICATORS)
            + soft * temperature**2 * divergence)


# Several values for each row, each in a unit of its own.
SEVERAL = torch.randn(4, 2) * torch.tensor([3.0, 200.0]) + torch.tensor([1.0, -50.0])
SEVERAL_PREDICTED = SEVERAL + torch.randn(4, 2) * torch.tensor([2.0, 300.0])
UNITS = torch.tensor([3.0, 200.0])
ROW_WEIGHTS = torch.tensor([1.0, 0.0, 3.0, 0.5])


def weighted_rows(losses):
    return (losses * ROW_WEIGHTS).sum() / ROW_WEIGHTS.sum()


def smoothed_focal(x, gamma=2.0, smoothing=0.1):
    truth = F.one_hot(CLASSES, 3) * (1 - smoothing) + smoothing / 3
    logarithm = F.log_softmax(x, 1)
    return (-(1 - logarithm.exp()) ** gamma * logarithm * truth * WEIGHTS).sum(1).mean()


# What two networks compute on the way: four pictures of 2x3 in 3 and 5 channels, and rows of 3 and 5 numbers.
STUDENT_MAPS = torch.randn(4, 3, 2, 3)
TEACHER_MAPS = torch.randn(4, 5, 2, 3)
STUDENT_ROWS = torch.randn(4, 3)
TEACHER_ROWS = torch.randn(4, 5)
ADAPTER = torch.randn(5, 3, 1, 1)
ADAPTER_BIAS = torch.randn(5)
SECOND_TEACHER = torch.randn(4, 3)


def hint():
    """FitNets, with a 1x1 convolution as the regressor; the gradients of the features and of the regressor."""
    maps, weight = STUDENT_MAPS.clone().requires_grad_(), ADAPTER.clone().requires_grad_()
    value = F.mse_loss(F.conv2d(maps, weight, ADAPTER_BIAS), TEACHER_MAPS)
    value.backward()
    return {"value": value.item(), "gradient": maps.grad.flatten().tolist(),
            "adapter gradient": weight.grad.flatten().tolist()}


def attention(x):
    """As in the program of Zagoruyko and Komodakis."""
    def attended(x):
        return F.normalize(x.pow(2).mean(1).view(x.size(0), -1))
    return (attended(x) - attended(TEACHER_MAPS)).pow(2).mean()


def distances(x):
    """As in the program of Park et al., written with torch.cdist."""
    def relative(rows):
        d = torch.cdist(rows, rows, compute_mode="donot_use_mm_for_euclid_dist")
        return d / d[d > 0].mean()
    return F.smooth_l1_loss(relative(x), relative(TEACHER_ROWS))


def angles(x):
    def cosines(rows):
        between = rows.unsqueeze(0) - rows.unsqueeze(1)
        unit = F.normalize(between, p=2, dim=2)
        return torch.bmm(unit, unit.transpose(1, 2)).view(-1)
    return F.smooth_l1_loss(cosines(x), cosines(TEACHER_ROWS))


def ensemble_distilled(x, weights, temperature):
    """The divergence from the weighted mean of two teachers' softened probabilities alone."""
    teachers = torch.stack([TEACHER, SECOND_TEACHER]) / temperature
    mean = (torch.tensor(weights)[:, None, None] * F.softmax(teachers, 2)).sum(0) / sum(weights)
    return temperature**2 * F.kl_div(F.log_softmax(x / temperature, 1), mean, reduction="batchmean")


def ensemble_values(x, weights):
    first, second = TEACHER[:, :1], SECOND_TEACHER[:, :1]
    mean = (weights[0] * first + weights[1] * second) / sum(weights)
    return F.mse_loss(x, mean)


result = {
    "several": SEVERAL.flatten().tolist(), "several predicted": SEVERAL_PREDICTED.flatten().tolist(),
    "units": UNITS.tolist(), "row weights": ROW_WEIGHTS.tolist(),
    "several mse": with_gradient(
        lambda x: F.mse_loss(x / UNITS, SEVERAL / UNITS), SEVERAL_PREDICTED),
    "several mae": with_gradient(
        lambda x: F.l1_loss(x / UNITS, SEVERAL / UNITS), SEVERAL_PREDICTED),
    "several huber": with_gradient(
        lambda x: F.huber_loss(x / UNITS, SEVERAL / UNITS), SEVERAL_PREDICTED),
    "several huber rows": with_gradient(
        lambda x: weighted_rows(
            F.huber_loss(x / UNITS, SEVERAL / UNITS, reduction="none").mean(1)), SEVERAL_PREDICTED),
    "cross-entropy smoothed weighted": with_gradient(
        lambda x: F.cross_entropy(x, CLASSES, weight=WEIGHTS, label_smoothing=0.1), LOGITS),
    "cross-entropy rows": with_gradient(
        lambda x: weighted_rows(F.cross_entropy(x, CLASSES, reduction="none")), LOGITS),
    "focal smoothed weighted": with_gradient(smoothed_focal, LOGITS),
    "focal rows": with_gradient(
        lambda x: weighted_rows(
            -(1 - F.log_softmax(x, 1).exp()).gather(1, CLASSES[:, None])[:, 0] ** 2
            * F.log_softmax(x, 1).gather(1, CLASSES[:, None])[:, 0]), LOGITS),
    "bce rows": with_gradient(
        lambda x: weighted_rows(
            F.binary_cross_entropy_with_logits(x, INDICATORS, reduction="none").mean(1)), LOGITS),
    "student maps": STUDENT_MAPS.flatten().tolist(),
    "teacher maps": TEACHER_MAPS.flatten().tolist(),
    "student rows": STUDENT_ROWS.flatten().tolist(),
    "teacher rows": TEACHER_ROWS.flatten().tolist(),
    "adapter": ADAPTER.flatten().tolist(), "adapter bias": ADAPTER_BIAS.tolist(),
    "second teacher": SECOND_TEACHER.flatten().tolist(),
    "hint": hint(),
    "attention": with_gradient(attention, STUDENT_MAPS),
    "distances": with_gradient(distances, STUDENT_ROWS),
    "angles": with_gradient(angles, STUDENT_ROWS),
    "ensemble": with_gradient(lambda x: ensemble_distilled(x, [3.0, 1.0], 2.0), LOGITS),
    "ensemble of values": with_gradient(lambda x: ensemble_values(x, [3.0, 1.0]), PREDICTED),
    "indicators": INDICATORS.flatten().tolist(),
    "bce": with_gradient(
        lambda x: F.binary_cross_entropy_with_logits(x, INDICATORS), LOGITS),
    "bce weighted": with_gradient(
        lambda x: F.binary_cross_entropy_with_logits(x, INDICATORS, pos_weight=WEIGHTS), LOGITS),
    "bce smoothed": with_gradient(
        lambda x: F.binary_cross_entropy_with_logits(x, INDICATORS * 0.8 + 0.1), LOGITS),
    "focal of labels": with_gradient(focal_of_labels, LOGITS),
    "labels distilled": with_gradient(lambda x: labels_distilled(x, 0.25, 2.0, 3.0), LOGITS),
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
