// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/catalogue.h"

#include <algorithm>

namespace a2q {

namespace {

std::vector<PublishedFile> publishedAs(const std::vector<Download>& downloads) {
  std::vector<PublishedFile> files;
  files.reserve(downloads.size());
  for (const Download& download : downloads) files.push_back({download.name, download.sha256});
  return files;
}

CatalogueEntry digits() {
  return {.set = "digits",
          .title = "drawn digits, 28×28, 10 classes, 12,000 training and 2,000 test images",
          .size = "nothing: made by the program",
          .licence = "none needed",
          .source = "built in"};
}

CatalogueEntry mnist() {
  const std::vector<Download> downloads = {
      {"train-images-idx3-ubyte.gz",
       "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", 9'912'422},
      {"train-labels-idx1-ubyte.gz",
       "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", 28'881},
      {"t10k-images-idx3-ubyte.gz",
       "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", 1'648'877},
      {"t10k-labels-idx1-ubyte.gz",
       "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", 4'542},
  };
  return {.set = "mnist",
          .title = "handwritten digits, 28×28, 10 classes, 60,000 training and 10,000 test images",
          .size = "12 MB",
          .licence = "CC BY-SA 3.0, as those who distribute it say",
          .source = "https://yann.lecun.com/exdb/mnist/",
          .files = publishedAs(downloads),
          .address = "https://ossci-datasets.s3.amazonaws.com/mnist/",
          .downloads = downloads};
}

CatalogueEntry fashionMnist() {
  const std::vector<Download> downloads = {
      {"train-images-idx3-ubyte.gz",
       "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", 26'421'880},
      {"train-labels-idx1-ubyte.gz",
       "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", 29'515},
      {"t10k-images-idx3-ubyte.gz",
       "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", 4'422'102},
      {"t10k-labels-idx1-ubyte.gz",
       "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", 5'148},
  };
  return {
      .set = "fashion-mnist",
      .title = "garments, 28×28, 10 classes, 60,000 training and 10,000 test images",
      .size = "31 MB",
      .licence = "MIT",
      .source = "https://github.com/zalandoresearch/fashion-mnist",
      .files = publishedAs(downloads),
      .address =
          "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
      .downloads = downloads};
}

CatalogueEntry cifar10() {
  return {
      .set = "cifar10",
      .title = "small photographs, 3×32×32, 10 classes, 50,000 training and 10,000 test images",
      .size = "170 MB, unpacked 184 MB",
      .licence = "none stated; cite Krizhevsky: Learning Multiple Layers of Features (2009)",
      .source = "https://www.cs.toronto.edu/~kriz/cifar.html (binary version)",
      .files =
          {{"data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"},
           {"data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"},
           {"data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"},
           {"data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"},
           {"data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"},
           {"test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"}},
      .other = OtherContent::kDamage,
      .address = "https://www.cs.toronto.edu/~kriz/",
      .downloads = {{"cifar-10-binary.tar.gz",
                     "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                     170'052'171}},
      .packing = Packing::kArchive};
}

CatalogueEntry optdigits() {
  const std::vector<Download> downloads = {
      {"optdigits.tra", "e1b683cc211604fe8fd8c4417e6a69f31380e0c61d4af22e93cc21e9257ffedd",
       563'639},
      {"optdigits.tes", "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8",
       264'712},
  };
  return {.set = "optdigits",
          .title = "handwritten digits, 8×8, values 0 to 16, 10 classes, 3,823 + 1,797 images",
          .size = "1 MB",
          .licence = "CC BY 4.0",
          .source = "https://archive.ics.uci.edu/dataset/80",
          .files = publishedAs(downloads),
          .other = OtherContent::kDamage,
          .address = "https://archive.ics.uci.edu/ml/machine-learning-databases/optdigits/",
          .downloads = downloads};
}

CatalogueEntry images() {
  return {.set = "images",
          .title = "images of your own: train/<class>/*.png|jpg and test/<class>/*",
          .size = "yours",
          .licence = "yours",
          .source = "name the folder with --data or data.path"};
}

// The authors publish no sum of the archive. This one was published together with a sum of the 300
// images inside, and that second sum is the one of the original images.
CatalogueEntry bsd300() {
  return {.set = "bsd300",
          .title = "200 + 100 photographs, 481×321, for super-resolution",
          .size = "22 MB",
          .licence = "non-commercial research and education only",
          .source = "https://www2.eecs.berkeley.edu/Research/Projects/CS/vision/bsds/",
          .files = {{"", "edf684ee30c4630ca9a08f6331498d37853eb2c9356a57721cf38f1f3c617d4e"}},
          .other = OtherContent::kDamage,
          .address = "https://www2.eecs.berkeley.edu/Research/Projects/CS/vision/bsds/",
          .downloads = {{"BSDS300-images.tgz",
                         "a5f7d0e49fe135c75518a3543ced24470156fd69305ae77845dff2a5138652b4"}},
          .packing = Packing::kArchive};
}

CatalogueEntry set5() {
  return {.set = "set5",
          .title = "5 photographs to test super-resolution on",
          .size = "1 MB",
          .licence = "none stated; used in research",
          .source = "https://github.com/jbhuang0604/SelfExSR",
          .files = {{"", "fa135a685b45053b6705fbc6e62406a105988e089550d5c9dc045ebef7553d3b"}}};
}

CatalogueEntry set14() {
  return {.set = "set14",
          .title = "14 photographs to test super-resolution on",
          .size = "5 MB",
          .licence = "none stated; used in research",
          .source = "https://github.com/jbhuang0604/SelfExSR",
          .files = {{"", "808d26fb876d5bb6d84d0c216057eea59f0667ac65e04ffcf6eeddeddae46daf"}}};
}

CatalogueEntry photos() {
  return {.set = "photos",
          .title = "photographs of your own for super-resolution: train/*.png|jpg and test/*",
          .size = "yours",
          .licence = "yours",
          .source = "name the folder with --data or data.path"};
}

}  // namespace

const std::vector<CatalogueEntry>& catalogue() {
  static const std::vector<CatalogueEntry> table = {
      digits(), mnist(),  fashionMnist(), cifar10(), optdigits(),
      images(), bsd300(), set5(),         set14(),   photos()};
  return table;
}

const CatalogueEntry* findEntry(std::string_view set) {
  const auto& table = catalogue();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [set](const CatalogueEntry& entry) { return entry.set == set; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace a2q
