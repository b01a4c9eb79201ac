# Sounds, their samples and their spectra, by librosa 0.11.0, soxr 1.1.0 and soundfile 0.14.0, which are
# installed besides: pip install librosa==0.11.0 soxr==1.1.0
#
# Samples of PCM, FLAC and floating point are exact, but for the mean of the channels: 1e-6. Vorbis decodes
# to the same within 1e-4. Resampling is of the same library and quality on both sides, which may
# choose another order of sums: 1e-5, a sound's first and last samples included. librosa computes
# spectra in float32 and we in float64: 0.01 dB for bands above -60 dB, and 0.05 for coefficients.

import base64
import io
import json
import pathlib

import librosa
import numpy as np
import soundfile

RATE = 8000
random = np.random.default_rng(11)


def tone(rate, seconds):
    time = np.arange(int(rate * seconds)) / rate
    sweep = 0.5 * np.sin(2 * np.pi * (300 + 2000 * time / seconds) * time)
    return sweep + 0.05 * random.standard_normal(time.size)


def text(data):
    return base64.b64encode(bytes(data)).decode()


def floats(values):
    return text(np.ascontiguousarray(values, "<f4").tobytes())


def encoded(samples, rate, kind, subtype):
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format=kind, subtype=subtype)
    return file.getvalue()


def entry(name, samples, rate, kind, subtype):
    data = encoded(samples, rate, kind, subtype)
    read, _ = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    mono = read.mean(axis=1, dtype="float64").astype("float32")
    result = {
        "name": name,
        "file": text(data),
        "format": kind.lower(),
        "rate": rate,
        "channels": read.shape[1],
        "frames": read.shape[0],
        "mono": floats(mono),
    }
    if rate != RATE:
        result["resampled"] = floats(
            librosa.resample(mono, orig_sr=rate, target_sr=RATE, res_type="soxr_hq")
        )
    return result


def spectra(name, samples, window, hop, bands, coefficients):
    mel = librosa.feature.melspectrogram(
        y=samples, sr=RATE, n_fft=window, hop_length=hop, n_mels=bands, power=2.0
    )
    decibels = librosa.power_to_db(mel, ref=1.0, amin=1e-10, top_db=None)
    cosines = librosa.feature.mfcc(S=decibels, n_mfcc=coefficients)
    return {
        "name": name,
        "samples": floats(samples),
        "window": window,
        "hop": hop,
        "bands": bands,
        "coefficients": coefficients,
        "frames": decibels.shape[1],
        "log-mel": floats(decibels),
        "mfcc": floats(cosines),
    }


mono = tone(8000, 0.1)
stereo = np.stack([tone(11025, 0.08), tone(11025, 0.08)], axis=1)
reference = {
    "sounds": [
        entry("8 bits", mono, 8000, "WAV", "PCM_U8"),
        entry("16 bits", stereo, 11025, "WAV", "PCM_16"),
        entry("24 bits", mono, 8000, "WAV", "PCM_24"),
        entry("floating point", tone(16000, 0.06), 16000, "WAV", "FLOAT"),
        entry("mu-law", mono, 8000, "WAV", "ULAW"),
        entry("flac", stereo, 11025, "FLAC", "PCM_16"),
        entry("vorbis", mono, 8000, "OGG", "VORBIS"),
        entry("aiff", mono, 8000, "AIFF", "PCM_16"),
    ],
    "spectra": [
        spectra("a power of two", mono.astype("float32"), 256, 80, 24, 12),
        spectra("no power of two", mono.astype("float32"), 200, 64, 16, 16),
        spectra("silence around", np.pad(mono, (200, 100)).astype("float32"), 200, 100, 20, 13),
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, indent=1, sort_keys=True) + "\n")
