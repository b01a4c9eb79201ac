"""Reference values for the tensor module's operations and random streams, in tensor.json.

Compared: single operations, optimizer steps and fake quantization against plain NumPy 2.4 and
SciPy 1.17 in float64, written from the operations' definitions; safetensors 0.8 for its files.
The engine computes in float32, whose rounding over the short sums here stays below 2e-6 relative:
the tests allow 1e-5. Random streams are computed by a second implementation of Philox4x32-10 and of
the mixing of paths, and have to agree exactly.
"""

import base64
import json
import pathlib

import numpy as np
from safetensors.numpy import save
from scipy import special, stats

rng = np.random.default_rng(20)
cases = {}


def draw(*shape, scale=1.0):
    """Normal numbers that float32 holds exactly."""
    return (rng.standard_normal(shape) * scale).astype(np.float32).astype(np.float64)


def add(name, **tensors):
    cases[name] = {
        key: {"shape": list(np.shape(value)), "values": np.ravel(value).astype(float).tolist()}
        for key, value in tensors.items()
    }


def convolve(x, w, b, stride, padding, dilation, groups):
    x = np.pad(x, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    count, _, height, width = x.shape
    out, per_group, kh, kw = w.shape
    high = (height - dilation[0] * (kh - 1) - 1) // stride[0] + 1
    wide = (width - dilation[1] * (kw - 1) - 1) // stride[1] + 1
    y = np.zeros((count, out, high, wide))
    for o in range(out):
        first = o // (out // groups) * per_group
        for i in range(high):
            for j in range(wide):
                top, left = i * stride[0], j * stride[1]
                patch = x[
                    :,
                    first : first + per_group,
                    top : top + dilation[0] * (kh - 1) + 1 : dilation[0],
                    left : left + dilation[1] * (kw - 1) + 1 : dilation[1],
                ]
                y[:, o, i, j] = (patch * w[o]).sum((1, 2, 3)) + b[o]
    return y


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def elementwise():
    x = draw(40, scale=3)
    sigmoid = special.expit(x)
    add(
        "elementwise", x=x, relu=np.maximum(x, 0), relu6=np.clip(x, 0, 6),
        gelu=x * stats.norm.cdf(x), silu=x * sigmoid, sigmoid=sigmoid, tanh=np.tanh(x),
        hardswish=x * np.clip(x + 3, 0, 6) / 6, softplus=np.log1p(np.exp(x)),
        gelu_tanh=0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))),
        erf=special.erf(x), exp=np.exp(x), log1p_abs=np.log1p(np.abs(x)),
    )
    halves = np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999997, -7.0])
    add("round", x=halves, y=np.round(halves))


def layers():
    x, w, b = draw(5, 7), draw(3, 7), draw(3)
    add("linear", x=x, w=w, b=b, y=x @ w.T + b)
    for name, stride, padding, dilation, groups in [
        ("plain", (1, 1), (0, 0), (1, 1), 1), ("strided", (2, 1), (1, 2), (1, 1), 1),
        ("dilated", (1, 1), (2, 2), (2, 2), 1), ("grouped", (1, 1), (1, 1), (1, 1), 2),
    ]:
        x, w, b = draw(2, 4, 6, 5), draw(4, 4 // groups, 3, 3), draw(4)
        y = convolve(x, w, b, stride, padding, dilation, groups)
        add("convolution-" + name, x=x, w=w, b=b, y=y)
    x = draw(2, 3, 6, 6)
    blocks = x.reshape(2, 3, 3, 2, 3, 2)
    add(
        "pool", x=x, max=blocks.max((3, 5)), mean=blocks.mean((3, 5)),
        adaptive=x.mean((2, 3), keepdims=True),
    )
    x, w, b = draw(6, 3, 4, 4), draw(3), draw(3)
    mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3))
    column = (slice(None), None, None)
    scaled = (x - mean[column]) / np.sqrt(var[column] + 1e-5) * w[column] + b[column]
    old_mean, old_var = draw(3), np.abs(draw(3)) + 0.5
    add(
        "batch-norm", x=x, w=w, b=b, y=scaled, old_mean=old_mean, old_var=old_var,
        new_mean=0.9 * old_mean + 0.1 * mean,
        new_var=0.9 * old_var + 0.1 * x.var((0, 2, 3), ddof=1),
        evaluated=(x - old_mean[column]) / np.sqrt(old_var[column] + 1e-5) * w[column] + b[column],
    )
    x, w, b = draw(4, 6), draw(6), draw(6)
    normal = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
    add("layer-norm", x=x, w=w, b=b, y=normal * w + b)
    q, k, v = draw(2, 5, 8), draw(2, 5, 8), draw(2, 5, 8)
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(8)
    causal = np.where(np.tril(np.ones((5, 5))) > 0, scores, -np.inf)
    add("attention", q=q, k=k, v=v, y=softmax(scores) @ v, causal=softmax(causal) @ v)


def losses():
    x, target, weight = draw(6, 4, scale=2), rng.integers(0, 4, 6), np.abs(draw(4)) + 0.1
    logs = np.log(softmax(x))
    chosen = logs[np.arange(6), target]
    smooth = np.full((6, 4), 0.1 / 4)
    smooth[np.arange(6), target] += 0.9
    weights = weight[target]
    add(
        "cross-entropy", x=x, target=target, weight=weight, mean=-chosen.mean(),
        smoothed=-(smooth * logs).sum(1).mean(),
        weighted=-(weights * chosen).sum() / weights.sum(), log_softmax=logs,
    )
    teacher = np.log(softmax(draw(6, 4)))
    kl = (np.exp(teacher) * (teacher - logs)).sum(1)
    add("divergence", x=logs, target=teacher, mean=kl.mean(), sum=kl.sum())
    x, y, yes = draw(9), draw(9), (draw(9) > 0).astype(float)
    d = np.abs(x - y)
    add(
        "regression", x=x, y=y, squared=((x - y) ** 2).mean(), absolute=d.mean(), yes=yes,
        huber=np.where(d < 0.7, 0.5 * d * d, 0.7 * (d - 0.35)).mean(),
        binary=(np.logaddexp(0, x) - x * yes).mean(),
    )


def statistics():
    x = draw(5, 8)
    add(
        "reductions", x=x, sum0=x.sum(0), mean1=x.mean(1), variance=x.var(1),
        sample_variance=x.var(1, ddof=1), max0=x.max(0), argmax=x.argmax(1),
        log_sum_exp=special.logsumexp(x, axis=1), norm2=np.linalg.norm(x), cumulative=x.cumsum(1),
        sorted=np.sort(x, 1), order=np.argsort(x, 1, kind="stable"), third=np.sort(x, 1)[:, 2],
        quantiles=np.quantile(x, [0, 0.1, 0.5, 0.99, 1], axis=1),
        histogram=np.histogram(x, 6, (-1.5, 1.5))[0],
    )
    actual, predicted = rng.integers(0, 3, 30), rng.integers(0, 3, 30)
    confusion = np.zeros((3, 3))
    np.add.at(confusion, (actual, predicted), 1)
    add("confusion", actual=actual, predicted=predicted, counts=confusion)


def sampling():
    x, theta = draw(1, 2, 5, 6), np.array([[[0.8, -0.3, 0.1], [0.2, 0.9, -0.2]]])
    height, width = 4, 3
    ys = (2 * np.arange(height) + 1) / height - 1
    xs = (2 * np.arange(width) + 1) / width - 1
    base = np.stack([*np.meshgrid(xs, ys), np.ones((height, width))], -1)
    grid = base @ theta[0].T
    px = (grid[..., 0] + 1) * 6 / 2 - 0.5
    py = (grid[..., 1] + 1) * 5 / 2 - 0.5
    sampled = np.zeros((1, 2, height, width))
    for i in range(height):
        for j in range(width):
            x0, y0 = int(np.floor(px[i, j])), int(np.floor(py[i, j]))
            for dy in (0, 1):
                for dx in (0, 1):
                    if 0 <= y0 + dy < 5 and 0 <= x0 + dx < 6:
                        share = (1 - abs(px[i, j] - x0 - dx)) * (1 - abs(py[i, j] - y0 - dy))
                        sampled[0, :, i, j] += share * x[0, :, y0 + dy, x0 + dx]
    add("grid-sample", x=x, theta=theta, grid=grid[None], y=sampled)
    signal = draw(3, 16)
    spectrum = np.fft.rfft(signal)
    add(
        "spectrum", x=signal, power=np.abs(spectrum) ** 2,
        parts=np.stack([spectrum.real, spectrum.imag], -1),
    )


def optimizers():
    start, gradients = draw(6), [draw(6) for _ in range(3)]
    x, v = start.copy(), np.zeros(6)
    for step, gradient in enumerate(gradients):
        g = gradient + 0.01 * x
        v = g if step == 0 else 0.9 * v + g
        x = x - 0.1 * (g + 0.9 * v)
    adams = {}
    for name, decoupled in [("adamw", True), ("adam", False)]:
        y, m, s = start.copy(), np.zeros(6), np.zeros(6)
        for step, gradient in enumerate(gradients, 1):
            g = gradient
            if decoupled:
                y = y * (1 - 0.1 * 0.02)
            else:
                g = g + 0.02 * y
            m, s = 0.9 * m + 0.1 * g, 0.99 * s + 0.01 * g * g
            root = np.sqrt(s / (1 - 0.99**step)) + 1e-8
            y = y - 0.1 * (m / (1 - 0.9**step)) / root
        adams[name] = y
    add("optimizers", start=start, gradients=np.stack(gradients), sgd=x, **adams)


def quantization():
    x = draw(3, 10, scale=2)
    scales = np.array([0.01, 0.02, 0.03], dtype=np.float32).astype(np.float64)
    scale = float(np.float32(0.05))

    def quantize(x, s, z, low, high):
        return (np.clip(np.round(x / s) + z, low, high) - z) * s

    rounded = np.round(x / scale) + 40
    add(
        "quantization", x=x, scales=scales, scale=scale, tensor=quantize(x, scale, 40, 0, 60),
        passed=((rounded >= 0) & (rounded <= 60)).astype(float),
        channel=quantize(x, scales[:, None], 0, -127, 127),
    )


def philox(counter, key):
    x, k = list(counter), list(key)
    for _ in range(10):
        first, second = x[0] * 0xD2511F53, x[2] * 0xCD9E8D57
        x = [
            (second >> 32) ^ x[1] ^ k[0], second & 0xFFFFFFFF,
            (first >> 32) ^ x[3] ^ k[1], first & 0xFFFFFFFF,
        ]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return x


def stream_words(seed, path, count):
    words = [0]
    for element in path:
        if isinstance(element, str):
            text = element.encode()
            words.append(2 | len(text) << 8)
            words += [int.from_bytes(text[i : i + 8], "little") for i in range(0, len(text), 8)]
        else:
            words += [1, element % 2**64]
    state = [seed & 0xFFFFFFFF, seed >> 32, 0, 0]
    for word in words:
        mixed = philox(state, [word & 0xFFFFFFFF, word >> 32])
        state = [a ^ b for a, b in zip(state, mixed)]
    blocks = [philox([i, 0, state[2], state[3]], state[:2]) for i in range((count + 3) // 4)]
    return sum(blocks, [])[:count]


def streams():
    add(
        "streams", seed=stream_words(7, [], 6),
        mixed=stream_words(7, ["train", "augment", 3, 12], 6),
        long=stream_words(2**64 - 1, ["a word of more than eight bytes", "ä"], 6),
        negative=stream_words(0, [-1], 6),
    )


for make in [streams, elementwise, layers, losses, statistics, sampling, optimizers, quantization]:
    make()

fractions = [1e-300, 1e-20, 1e-9, 0.001, 0.0749, 0.0751, 0.3, 0.5, 0.7, 0.999, 1 - 2**-33]
add("normal-quantile", x=fractions, y=special.ndtri(fractions))
points = np.concatenate([np.geomspace(1e-300, 1e300, 25), [0.5, 0.999999, 1, 1.4142135, 1.5]])
add("logarithm", x=points, y=np.log(points))
powers = np.linspace(-700, 700, 29)
add("exponential", x=powers, y=np.exp(powers))

saved = save(
    {"b": np.arange(6, dtype=np.float32).reshape(2, 3), "a": np.array([1.5], dtype=np.float32)},
    {"format": "pt"},
)
result = {"cases": cases, "safetensors": base64.b64encode(saved).decode()}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, sort_keys=True) + "\n")
