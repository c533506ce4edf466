// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/network/key_visitor.h"

namespace a2q {
namespace {

using Method = std::optional<QuantMethod>;

constexpr std::array kMethods{
    WordRow<QuantMethod>{"float", QuantMethod::kFloat},
    WordRow<QuantMethod>{"qat", QuantMethod::kQat},
    WordRow<QuantMethod>{"a2q", QuantMethod::kA2q},
    WordRow<QuantMethod>{"a2q+", QuantMethod::kA2qPlus},
};
constexpr std::array kOverrideMethods{
    WordRow<Method>{"float", QuantMethod::kFloat},
    WordRow<Method>{"qat", QuantMethod::kQat},
    WordRow<Method>{"a2q", QuantMethod::kA2q},
    WordRow<Method>{"a2q+", QuantMethod::kA2qPlus},
};
constexpr std::array kOptimizers{
    WordRow<OptimizerKind>{"sgd", OptimizerKind::kSgd},
    WordRow<OptimizerKind>{"adam", OptimizerKind::kAdam},
};
constexpr std::array kSchedules{
    WordRow<ScheduleKind>{"constant", ScheduleKind::kConstant},
    WordRow<ScheduleKind>{"step", ScheduleKind::kStep},
    WordRow<ScheduleKind>{"exponential", ScheduleKind::kExponential},
    WordRow<ScheduleKind>{"cosine", ScheduleKind::kCosine},
};

constexpr std::array kDownscales{
    WordRow<Downscale>{"bicubic", Downscale::kBicubic},
    WordRow<Downscale>{"area", Downscale::kArea},
};
constexpr std::array kColours{
    WordRow<Colour>{"luminance", Colour::kLuminance},
    WordRow<Colour>{"rgb", Colour::kRgb},
};

constexpr std::int64_t kMostEpochs = 1'000'000;
constexpr std::int64_t kMostInBatch = 1'000'000;
constexpr std::int64_t kMostPadding = 4'096;
constexpr std::int64_t kMostFactor = 16;

void describeFirst(KeyVisitor& keys, EdgePolicy& first) {
  keys.key({"weight_bits", "M of the first layer with weights"},
           bits(first.weight_bits, kWeightBits));
  keys.key({"accumulator_bits", "P of the first layer; free: plain QAT without a target"},
           bitsOrFree(first.accumulator_bits, kAccumulatorBits));
}

void describeLast(KeyVisitor& keys, EdgePolicy& last) {
  keys.key({"weight_bits", "M of the last layer with weights"},
           bits(last.weight_bits, kWeightBits));
  keys.key({"activation_bits", "N of the activations that reach the last layer"},
           bits(last.activation_bits, kActivationBits));
  keys.key({"accumulator_bits", "P of the last layer; free: plain QAT without a target"},
           bitsOrFree(last.accumulator_bits, kAccumulatorBits));
}

void describeQuant(KeyVisitor& keys, QuantSpec& quant) {
  keys.key({"method", "how weights are quantized"},
           word(quant.method, std::span<const WordRow<QuantMethod>>(kMethods)));
  keys.key({"weight_bits", "M of the hidden layers"}, bits(quant.weight_bits, kWeightBits));
  keys.key({"activation_bits", "N of the hidden layers"},
           bits(quant.activation_bits, kActivationBits));
  keys.key({"accumulator_bits", "P of the hidden layers"},
           bits(quant.accumulator_bits, kAccumulatorBits));
  keys.section("first", [&](KeyVisitor& inner) { describeFirst(inner, quant.first); });
  keys.section("last", [&](KeyVisitor& inner) { describeLast(inner, quant.last); });
}

void describeSchedule(KeyVisitor& keys, ScheduleSpec& schedule) {
  keys.key({"kind", "course of the learning rate over the epochs"},
           word(schedule.kind, std::span<const WordRow<ScheduleKind>>(kSchedules)));
  keys.key({"factor", "step and exponential: what the rate is multiplied by"},
           number(schedule.factor, 0, LowerEnd::kIncluded));
  keys.key({"every", "step: epochs between two steps"}, integer(schedule.every, 1, kMostEpochs));
}

void describeFloat(KeyVisitor& keys, FloatPhase& phase) {
  keys.key({"epochs", "float epochs before the quantized ones; 0: from scratch"},
           integer(phase.epochs, 0, kMostEpochs));
  keys.key({"learning_rate", "of the first float epoch; 0: as training.learning_rate"},
           number(phase.learning_rate, 0, LowerEnd::kIncluded));
}

void describeTraining(KeyVisitor& keys, TrainSpec& training) {
  keys.key({"epochs", "passes over the training data"}, integer(training.epochs, 0, kMostEpochs));
  keys.key({"batch_size", "samples in one step"}, integer(training.batch_size, 1, kMostInBatch));
  keys.key({"optimizer", "how weights follow gradients"},
           word(training.optimizer, std::span<const WordRow<OptimizerKind>>(kOptimizers)));
  keys.key({"learning_rate", "of the first epoch"},
           number(training.learning_rate, 0, LowerEnd::kIncluded));
  keys.key({"momentum", "of SGD"}, number(training.momentum, 0, LowerEnd::kIncluded, 1));
  keys.key({"weight_decay", "not applied to scales, norms and biases"},
           number(training.weight_decay, 0, LowerEnd::kIncluded));
  keys.key({"penalty", "weight of the A2Q penalty in the loss"},
           number(training.penalty, 0, LowerEnd::kIncluded));
  keys.key({"gradient_clip", "largest L2 norm of the whole gradient; 0: not clipped"},
           number(training.gradient_clip, 0, LowerEnd::kIncluded));
  keys.key({"early_stop", "epochs without a better test result before the end; 0: never"},
           integer(training.early_stop, 0, kMostEpochs));
  keys.key({"calibration", "batches that measure statistics when float weights are given"},
           integer(training.calibration_batches, 1, kMostEpochs));
  keys.key({"seed", "of everything random"}, seed(training.seed));
  keys.section("schedule", [&](KeyVisitor& inner) { describeSchedule(inner, training.schedule); });
  keys.section("float", [&](KeyVisitor& inner) { describeFloat(inner, training.float_phase); });
}

void describeAugment(KeyVisitor& keys, AugmentSpec& augment) {
  keys.key({"pad", "zeros added at each side before a random crop"},
           integer(augment.pad, 0, kMostPadding));
  keys.key({"flip", "left and right swapped, every second time"}, flag(augment.flip));
  keys.key({"turn", "turned by 0, 90, 180 or 270 degrees (square images)"}, flag(augment.turn));
}

void describePhotos(KeyVisitor& keys, PhotoSpec& photos) {
  keys.key({"factor", "super-resolution: enlargement of height and width"},
           integer(photos.factor, 1, kMostFactor));
  keys.key({"downscale", "how low-resolution images are made"},
           word(photos.downscale, std::span<const WordRow<Downscale>>(kDownscales)));
  keys.key({"colour", "luminance (one channel, BT.601) or rgb"},
           word(photos.colour, std::span<const WordRow<Colour>>(kColours)));
  keys.key({"patches", "random patches a photograph and epoch, of the network's input size"},
           integer(photos.patches, 1, kMostInBatch));
}

void describeData(KeyVisitor& keys, DataSpec& data) {
  keys.key({"set", "name of the data set"}, text(data.set));
  keys.key({"path", "folder of the set; empty: A2Q_DATA_DIR/<set>, then the cache"},
           text(data.path));
  keys.key({"train_samples", "at most so many; 0: all"}, integer(data.train_samples, 0));
  keys.key({"test_samples", "at most so many; 0: all"}, integer(data.test_samples, 0));
  keys.key({"size", "folders of images: what they are scaled to; 0: as they are"},
           extent(data.size, 0));
  keys.section("augment", [&](KeyVisitor& inner) { describeAugment(inner, data.augment); });
  keys.section("photos", [&](KeyVisitor& inner) { describePhotos(inner, data.photos); });
}

}  // namespace

void describe(KeyVisitor& keys, Experiment& experiment) {
  keys.section("network", [&](KeyVisitor& inner) {
    inner.key({"name", "name of the network"}, text(experiment.network.name));
  });
  keys.section("quant", [&](KeyVisitor& inner) { describeQuant(inner, experiment.quant); });
  keys.section("training",
               [&](KeyVisitor& inner) { describeTraining(inner, experiment.training); });
  keys.section("data", [&](KeyVisitor& inner) { describeData(inner, experiment.data); });
}

void describe(KeyVisitor& keys, QuantOverride& change) {
  keys.key({"method", "of this layer with weights"},
           word(change.method, std::span<const WordRow<Method>>(kOverrideMethods)));
  keys.key({"weight_bits", "M of this layer with weights"}, bits(change.weight_bits, kWeightBits));
  keys.key({"activation_bits", "N of this activation layer"},
           bits(change.activation_bits, kActivationBits));
  keys.key({"accumulator_bits", "P of this layer with weights"},
           bits(change.accumulator_bits, kAccumulatorBits));
}

}  // namespace a2q
