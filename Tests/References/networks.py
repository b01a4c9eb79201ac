"""Makes networks.json: layers and whole presets with their gradients, by PyTorch and torchvision.

A layer's case has its inputs, parameters and results in full. The parameters and inputs of a model follow a
formula that the test computes too, and of each gradient there are two figures: its norm and its product with
values of that formula. Models are computed in 64 bits.
"""
import json
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision

torch.manual_seed(11)
layers = []


def written(tensor):
    values = tensor.detach().flatten().tolist()
    return {"shape": list(tensor.shape), "values": [float(f"{x:.9g}") for x in values]}


def case(name, layer, inputs, function, parameters=None, after=None):
    """One layer: `function` computes it from the inputs and the parameters by name."""
    inputs = [x.clone().requires_grad_(x.is_floating_point()) for x in inputs]
    parameters = {k: v.detach().clone().requires_grad_() for k, v in (parameters or {}).items()}
    output = function(inputs, parameters)
    upstream = torch.randn_like(output)
    before = {k: written(v) for k, v in parameters.items()}
    if output.requires_grad:
        (output * upstream).sum().backward()
    layers.append({
        "name": name, "layer": layer, "inputs": [written(x) for x in inputs],
        "integers": [not x.is_floating_point() for x in inputs], "parameters": before,
        "output": written(output), "upstream": written(upstream),
        "gradients": {k: written(v.grad) for k, v in parameters.items() if v.grad is not None},
        "input-gradients": [None if x.grad is None else written(x.grad) for x in inputs]})


def random(*shape):
    return torch.randn(*shape)


image, sequence, row = random(2, 4, 7, 6), random(2, 5, 6), random(3, 6)
tokens = torch.tensor([[3, 1, 4, 0, 0], [2, 5, 1, 6, 3]])
none = torch.tensor([[3, 1, 4, 0, 0], [0, 0, 0, 0, 0]])

case("linear", "{linear: {outputs: 4}}", [row],
     lambda x, p: F.linear(x[0], p["weight"], p["bias"]),
     {"weight": random(4, 6), "bias": random(4)})
case("linear over a sequence", "{linear: {outputs: 4, bias: false}}", [sequence],
     lambda x, p: F.linear(x[0], p["weight"]), {"weight": random(4, 6)})
case("convolution", "{convolution: {channels: 3, kernel: 3, stride: 2, padding: 1}}", [image],
     lambda x, p: F.conv2d(x[0], p["weight"], p["bias"], 2, 1),
     {"weight": random(3, 4, 3, 3), "bias": random(3)})
case("depthwise convolution",
     "{convolution: {channels: 8, kernel: 3, padding: 1, groups: 4, bias: false}}", [image],
     lambda x, p: F.conv2d(x[0], p["weight"], None, 1, 1, 1, 4), {"weight": random(8, 1, 3, 3)})
case("dilated convolution",
     "{convolution: {channels: 2, kernel: [1, 3], dilation: 2, padding: [0, 2]}}", [image],
     lambda x, p: F.conv2d(x[0], p["weight"], p["bias"], 1, (0, 2), 2),
     {"weight": random(2, 4, 1, 3), "bias": random(2)})
case("batch norm", "{batch-norm: {epsilon: 0.001}}", [image],
     lambda x, p: F.batch_norm(x[0], None, None, p["weight"], p["bias"], True, 0.1, 1e-3),
     {"weight": random(4), "bias": random(4)})
case("layer norm", "{layer-norm: {epsilon: 0.00001}}", [sequence],
     lambda x, p: F.layer_norm(x[0], (6,), p["weight"], p["bias"]),
     {"weight": random(6), "bias": random(6)})
for name, function in [
        ("relu", F.relu), ("relu6", F.relu6), ("gelu", F.gelu), ("silu", F.silu),
        ("sigmoid", torch.sigmoid), ("tanh", torch.tanh), ("hard-swish", F.hardswish)]:
    case(name, f"{{activation: {name}}}", [3 * row], lambda x, p, f=function: f(x[0]))
case("largest of a window", "{pool: {kernel: 3, stride: 2, padding: 1}}", [image],
     lambda x, p: F.max_pool2d(x[0], 3, 2, 1))
case("mean of a window", "{pool: {statistic: average, kernel: [2, 3], padding: 1}}", [image],
     lambda x, p: F.avg_pool2d(x[0], (2, 3), (2, 3), 1))
case("global pool", "global-pool", [image], lambda x, p: x[0].mean((2, 3)))
case("flatten", "flatten", [image], lambda x, p: x[0].flatten(1))
case("reshape", "{reshape: [2, -1]}", [image], lambda x, p: x[0].reshape(2, 2, -1))
case("add", "add", [row, row + 1], lambda x, p: x[0] + x[1])
case("concatenate", "concatenate", [image, image[:, :2]], lambda x, p: torch.cat(x, 1))
case("one-hot", "{one-hot: {cardinalities: [3, 4]}}", [torch.tensor([[0, 3], [2, 1]])],
     lambda x, p: torch.cat([F.one_hot(x[0][:, 0], 3), F.one_hot(x[0][:, 1], 4)], 1).float())
case("embedding", "{embedding: {cardinalities: [3, 4], width: 2}}",
     [torch.tensor([[0, 3], [2, 1]])],
     lambda x, p: torch.cat(
         [F.embedding(x[0][:, 0], p["weight"][1:4]), F.embedding(x[0][:, 1], p["weight"][5:])], 1),
     {"weight": random(9, 2)})
case("token mean", "{token-mean: {vocabulary: 7, width: 3}}", [tokens],
     lambda x, p: F.embedding_bag(x[0], p["weight"], mode="mean", padding_idx=0),
     {"weight": random(7, 3)})
table = random(7, 3)
table[0] = 0
case("token embedding", "{token-embedding: {vocabulary: 7, width: 3}}", [tokens],
     lambda x, p: F.embedding(x[0], p["weight"], padding_idx=0), {"weight": table})
case("position embedding", "position-embedding", [sequence], lambda x, p: x[0] + p["weight"],
     {"weight": random(5, 6)})
case("class token", "class-token", [sequence],
     lambda x, p: torch.cat([p["weight"].expand(2, 1, 6), x[0]], 1), {"weight": random(6)})
case("select", "{select: 2}", [sequence], lambda x, p: x[0][:, 2])
case("image tokens", "image-tokens", [image], lambda x, p: x[0].flatten(2).transpose(1, 2))
case("sequence mean", "sequence-mean", [sequence], lambda x, p: x[0].mean(1))
case("masked sequence mean", "sequence-mean", [sequence, none],
     lambda x, p: torch.stack([x[0][0, :3].mean(0), 0 * x[0][1].sum(0)]))


def attention(x, p, mask=None):
    """PyTorch's own module around the same projections: identities in it."""
    width = x[0].shape[2] // 3
    query, key, value = x[0].split(width, 2)
    identity = torch.eye(width)
    return F.multi_head_attention_forward(
        query.transpose(0, 1), key.transpose(0, 1), value.transpose(0, 1), width, 2,
        torch.cat([identity] * 3), None, None, None, False, 0.0, identity, None,
        key_padding_mask=mask, need_weights=False)[0].transpose(0, 1)


case("attention", "{attention: 2}", [random(2, 5, 12)], attention)
case("masked attention", "{attention: {heads: 2}}", [random(2, 5, 12), tokens],
     lambda x, p: attention(x, p, tokens == 0))
case("attention where nothing counts", "{attention: 2}",
     [random(2, 5, 12), none], lambda x, p: attention(x, p, (none == 0) & (none.sum(1) > 0)[:, None]))

models = {}


def formula(name, shape):
    count = 1
    for size in shape:
        count *= size
    phase = 0.1 * sum(name.encode())
    return torch.sin(0.37 * torch.arange(count, dtype=torch.float64) + phase).reshape(shape)


def first(name, shape):
    values = formula(name, shape)
    if len(shape) > 1:
        fan_in = 1
        for size in shape[1:]:
            fan_in *= size
        return values * (1.5 / fan_in) ** 0.5
    return 1 + 0.2 * values if name.endswith("weight") else 0.1 * values


def model(name, preset, inputs, module, names, forward=None):
    """A preset: `names` gives for each of our parameters the module's own name."""
    module = module.double().train()
    own = dict(module.named_parameters())
    for ours, theirs in names.items():
        shape = list(own[theirs].shape)
        while len(shape) > 1 and shape[0] == 1:
            shape.pop(0)
        with torch.no_grad():
            own[theirs].copy_(first(ours, shape).reshape(own[theirs].shape))
    assert set(names.values()) == set(own), set(own) ^ set(names.values())
    batch = []
    for feature, kind, shape, cardinality in inputs:
        if kind == "text":
            x = (torch.arange(shape[0] * shape[1]).reshape(shape) * 7 + 3) % cardinality
            x[0, shape[1] // 2:] = 0
        elif kind == "category":
            x = (torch.arange(shape[0] * shape[1]).reshape(shape) * 3 + 1) % cardinality
        else:
            x = 2 * formula(feature, shape)
        batch.append(x)
    output = (forward or (lambda *x: module(*x)))(*batch)
    (output * formula("upstream", output.shape)).sum().backward()
    models[name] = {
        "preset": preset, "outputs": output.shape[1],
        "inputs": [
            {"name": feature, "kind": kind, "shape": list(shape[1:]),
             "cardinalities": [cardinality] * shape[1] if kind == "category"
             else [cardinality] if cardinality else []}
            for feature, kind, shape, cardinality in inputs],
        "rows": inputs[0][2][0], "output": output.flatten().tolist(),
        "gradients": {
            ours: [own[theirs].grad.norm().item(),
                   (own[theirs].grad * formula("probe", own[theirs].shape)).sum().item()]
            for ours, theirs in names.items()}}


def pairs(*names):
    return {f"{a}.{p}": f"{b}.{p}" for a, b in names for p in ("weight", "bias")}


def normed(ours, conv, norm):
    return {f"{ours}.conv.weight": f"{conv}.weight", **pairs((f"{ours}.norm", norm))}


class TextEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.vectors = nn.Embedding(9, 8)
        self.places = nn.Parameter(torch.zeros(6, 8))
        layer = nn.TransformerEncoderLayer(
            8, 2, 32, 0.0, F.gelu, batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, nn.LayerNorm(8), enable_nested_tensor=False)
        self.head = nn.Linear(8, 3)

    def forward(self, tokens):
        padding = tokens == 0
        x = self.vectors(tokens) * ~padding[..., None] + self.places
        x = self.encoder(x, src_key_padding_mask=padding)
        counted = (~padding).double()[..., None]
        return self.head((x * counted).sum(1) / counted.sum(1))


def encoder_names(blocks, own, prefix, attention="self_attn", norms=("norm1", "norm2"),
                  mlp=("linear1", "linear2")):
    names = {}
    for index in range(blocks):
        block, theirs = f"block{index + 1}", f"{prefix}{index}"
        names |= pairs(
            (f"{block}.norm1", f"{theirs}.{norms[0]}"), (f"{block}.norm2", f"{theirs}.{norms[1]}"),
            (f"{block}.mlp1", f"{theirs}.{mlp[0]}"), (f"{block}.mlp2", f"{theirs}.{mlp[1]}"),
            (f"{block}.out", f"{theirs}.{attention}.out_proj"))
        for part in ("weight", "bias"):
            names[f"{block}.qkv.{part}"] = f"{theirs}.{attention}.in_proj_{part}"
    return names


model("transformer", "{transformer: {width: 8, depth: 2, heads: 2, dropout: 0}}",
      [("note", "text", (3, 6), 9)], TextEncoder(),
      {"vectors.weight": "vectors.weight", "places.weight": "places",
       **encoder_names(2, "block", "encoder.layers."),
       **pairs(("norm", "encoder.norm"), ("head", "head"))})

vit = torchvision.models.VisionTransformer(8, 4, 2, 2, 8, 32, num_classes=3)
vit.conv_proj = nn.Conv2d(3, 8, 4, 4)
model("vit", "{vit: {patch: 4, width: 8, depth: 2, heads: 2}}",
      [("image", "image", (2, 3, 8, 8), 0)], vit,
      {"class.weight": "class_token", "places.weight": "encoder.pos_embedding",
       **encoder_names(2, "block", "encoder.layers.encoder_layer_", "self_attention",
                       ("ln_1", "ln_2"), ("mlp.0", "mlp.3")),
       **pairs(("patches", "conv_proj"), ("norm", "encoder.ln"), ("head", "heads.head"))})

settings = [[1, 16, 1, 1], [6, 24, 2, 1], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1],
            [6, 160, 3, 2], [6, 320, 1, 1]]
mobile = torchvision.models.MobileNetV2(3, 0.1, settings, dropout=0)
mobile.features[0][0] = nn.Conv2d(3, 8, 3, 1, 1, bias=False)
names = normed("stem", "features.0.0", "features.0.1")
place = 1
for stage, (expansion, _, blocks, _) in enumerate(settings):
    for block in range(blocks):
        ours, theirs = f"stage{stage + 1}.block{block + 1}", f"features.{place}.conv"
        parts = 0
        if expansion > 1:
            names |= normed(f"{ours}.expand", f"{theirs}.0.0", f"{theirs}.0.1")
            parts = 1
        names |= normed(f"{ours}.depthwise", f"{theirs}.{parts}.0", f"{theirs}.{parts}.1")
        names |= normed(f"{ours}.project", f"{theirs}.{parts + 1}", f"{theirs}.{parts + 2}")
        place += 1
names |= normed("last", f"features.{place}.0", f"features.{place}.1")
model("mobilenet-v2", "{mobilenet-v2: {width: 0.1, dropout: 0}}",
      [("image", "image", (4, 3, 16, 16), 0)], mobile, names | pairs(("head", "classifier.1")))


class Spectra(nn.Module):
    def __init__(self):
        super().__init__()
        for stage, (given, width) in enumerate([(1, 3), (3, 5)]):
            for number in (1, 2):
                setattr(self, f"conv{stage}{number}", nn.Conv2d(
                    given if number == 1 else width, width, 3, padding=1, bias=False))
                setattr(self, f"norm{stage}{number}", nn.BatchNorm2d(width))
        self.head = nn.Linear(5, 3)

    def forward(self, x):
        for stage in (0, 1):
            for number in (1, 2):
                x = getattr(self, f"conv{stage}{number}")(x)
                x = F.relu(getattr(self, f"norm{stage}{number}")(x))
            x = F.avg_pool2d(x, 2)
        return self.head(x.mean((2, 3)))


names = {}
for stage in (0, 1):
    for number in (1, 2):
        names |= normed(f"stage{stage + 1}.{number}", f"conv{stage}{number}", f"norm{stage}{number}")
model("audio-cnn", "{audio-cnn: {channels: [3, 5]}}", [("sound", "audio", (3, 1, 8, 10), 0)],
      Spectra(), names | pairs(("head", "head")))


class Waves(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv0, self.norm0 = nn.Conv1d(1, 3, 80, 4, 38, bias=False), nn.BatchNorm1d(3)
        self.conv1, self.norm1 = nn.Conv1d(3, 5, 3, 1, 1, bias=False), nn.BatchNorm1d(5)
        self.head = nn.Linear(5, 3)

    def forward(self, x):
        x = F.max_pool1d(F.relu(self.norm0(self.conv0(x))), 4)
        x = F.max_pool1d(F.relu(self.norm1(self.conv1(x))), 4)
        return self.head(x.mean(2))


model("audio-cnn over samples", "{audio-cnn: {channels: [3, 5]}}",
      [("sound", "audio", (3, 1, 200), 0)], Waves(),
      normed("stage1", "conv0", "norm0") | normed("stage2", "conv1", "norm1")
      | pairs(("head", "head")))


class Tabular(nn.Module):
    """Gorishniy et al. 2021, section 3.2."""

    def __init__(self):
        super().__init__()
        self.vectors = nn.Parameter(torch.zeros(8, 2))
        self.first = nn.Linear(3 + 4, 6)
        for number in (1, 2):
            setattr(self, f"norm{number}", nn.BatchNorm1d(6))
            setattr(self, f"wide{number}", nn.Linear(6, 12))
            setattr(self, f"narrow{number}", nn.Linear(12, 6))
        self.norm, self.head = nn.BatchNorm1d(6), nn.Linear(6, 2)

    def forward(self, x, codes):
        vectors = self.vectors[codes + torch.tensor([1, 5])].flatten(1)
        x = self.first(torch.cat([x, vectors], 1))
        for number in (1, 2):
            value = F.relu(getattr(self, f"wide{number}")(getattr(self, f"norm{number}")(x)))
            x = x + getattr(self, f"narrow{number}")(value)
        return self.head(F.relu(self.norm(x)))


model("tabular-resnet",
      "{tabular-resnet: {width: 6, embedding: 2, hidden-dropout: 0}}",
      [("x", "numbers", (5, 3), 0), ("kind", "category", (5, 2), 3)], Tabular(),
      {"kind.vectors.weight": "vectors",
       **pairs(("first", "first"), ("norm", "norm"), ("head", "head"),
               *((f"block{n}.{a}", f"{b}{n}") for n in (1, 2) for a, b in
                 (("norm", "norm"), ("linear1", "wide"), ("linear2", "narrow"))))})


class Residual(nn.Module):
    """Of depth 8 for small images (He et al. 2016, section 4.2), shortcuts by option B."""

    def __init__(self):
        super().__init__()
        self.stem, self.stem_norm = nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4)
        for stage in (0, 1, 2):
            given, width, stride = (4, 4, 1) if stage == 0 else (2 << stage, 4 << stage, 2)
            setattr(self, f"s{stage}a", nn.Conv2d(given, width, 3, stride, 1, bias=False))
            setattr(self, f"s{stage}b", nn.Conv2d(width, width, 3, 1, 1, bias=False))
            setattr(self, f"n{stage}a", nn.BatchNorm2d(width))
            setattr(self, f"n{stage}b", nn.BatchNorm2d(width))
            if stage:
                setattr(self, f"s{stage}c", nn.Conv2d(given, width, 1, 2, bias=False))
                setattr(self, f"n{stage}c", nn.BatchNorm2d(width))
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        x = F.relu(self.stem_norm(self.stem(x)))
        for s in (0, 1, 2):
            part = lambda letter, y: getattr(self, f"n{s}{letter}")(getattr(self, f"s{s}{letter}")(y))
            x = F.relu(part("b", F.relu(part("a", x))) + (part("c", x) if s else x))
        return self.head(x.mean((2, 3)))


names = normed("stem", "stem", "stem_norm")
for s in (0, 1, 2):
    for ours, letter in (("1", "a"), ("2", "b"), ("shortcut", "c")):
        if s or letter != "c":
            names |= normed(f"stage{s + 1}.block1.{ours}", f"s{s}{letter}", f"n{s}{letter}")
model("resnet", "{resnet: {depth: 8, width: 4}}", [("image", "image", (4, 3, 8, 8), 0)], Residual(),
      names | pairs(("head", "head")))


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4)
        self.conv2, self.norm2 = nn.Conv2d(4, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6)
        self.hidden, self.head = nn.Linear(6, 5), nn.Linear(5, 3)

    def forward(self, x):
        x = F.relu(self.norm1(self.conv1(x)))
        x = F.relu(self.norm2(self.conv2(F.max_pool2d(x, 2))))
        return self.head(F.relu(self.hidden(x.mean((2, 3)))))


model("cnn", "{cnn: {channels: [4, 6], hidden: [5]}}", [("image", "image", (4, 3, 8, 8), 0)],
      Plain(), normed("stage1", "conv1", "norm1") | normed("stage2", "conv2", "norm2")
      | pairs(("hidden1", "hidden"), ("head", "head")))
mlp = nn.Sequential(nn.Linear(5, 7, bias=False), nn.BatchNorm1d(7), nn.GELU(), nn.Linear(7, 3))
model("mlp", "{mlp: {hidden: [7], batch-norm: true, activation: gelu}}",
      [("x", "numbers", (6, 5), 0)], mlp,
      {"hidden1.weight": "0.weight", **pairs(("hidden1.norm", "1"), ("head", "3"))})
model("linear", "linear", [("x", "numbers", (6, 5), 0)], nn.Sequential(nn.Linear(5, 3)),
      pairs(("head", "0")))

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"layers": layers, "models": models}) + "\n")
