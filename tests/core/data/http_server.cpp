// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/http_server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace a2q::test {

namespace {

constexpr int kWaitMs = 20;

bool readable(int descriptor) {
  pollfd waiting{descriptor, POLLIN, 0};
  return ::poll(&waiting, 1, kWaitMs) > 0;
}

void sendAll(int connection, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string readHead(int connection, const std::stop_token& stop) {
  std::string head;
  char block[4096];
  while (head.find("\r\n\r\n") == std::string::npos && !stop.stop_requested()) {
    if (!readable(connection)) continue;
    const ssize_t count = ::recv(connection, block, sizeof block, 0);
    if (count <= 0) break;
    head.append(block, static_cast<std::size_t>(count));
  }
  return head;
}

Request parse(const std::string& head) {
  Request request;
  const std::size_t begin = head.find(' ') + 1;
  request.path = head.substr(begin, head.find(' ', begin) - begin);
  constexpr std::string_view kRange = "Range: bytes=";
  const std::size_t range = head.find(kRange);
  if (range != std::string::npos) request.from = std::stoll(head.substr(range + kRange.size()));
  return request;
}

/// Status line and headers of the answer; `body` becomes what is sent.
std::string headOf(const Resource& resource, const Request& request, std::string& body) {
  int status = resource.status;
  std::string more;
  const auto size = static_cast<std::int64_t>(resource.body.size());
  if (status == 200 && resource.ranges && request.from > 0) {
    status = request.from < size ? 206 : 416;
    if (status == 206) {
      more = "Content-Range: bytes " + std::to_string(request.from) + "-" +
             std::to_string(size - 1) + "/" + std::to_string(size) + "\r\n";
      body.erase(0, static_cast<std::size_t>(request.from));
    } else {
      body = "no such range";
    }
  }
  if (!resource.location.empty()) more += "Location: " + resource.location + "\r\n";
  return "HTTP/1.1 " + std::to_string(status) +
         " x\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
         more + "\r\n";
}

}  // namespace

HttpServer::HttpServer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof place;
  auto* const generic = reinterpret_cast<sockaddr*>(&place);
  if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no local server");
  }
  port_ = ntohs(place.sin_port);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

HttpServer::~HttpServer() {
  thread_.request_stop();
  thread_.join();
  ::close(listener_);
}

std::string HttpServer::address() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/";
}

void HttpServer::serve(const std::string& path, Resource resource) {
  const std::lock_guard lock(mutex_);
  resources_[path] = std::move(resource);
}

std::vector<Request> HttpServer::requests() {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void HttpServer::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (!readable(listener_)) continue;
    const int connection = ::accept(listener_, nullptr, nullptr);
    if (connection < 0) continue;
    answer(connection, stop);
    ::close(connection);
  }
}

void HttpServer::answer(int connection, const std::stop_token& stop) {
  const std::string head = readHead(connection, stop);
  if (head.empty()) return;
  const Request request = parse(head);
  Resource resource{.body = "not found", .status = 404};
  bool cut = false;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    const auto found = resources_.find(request.path);
    if (found != resources_.end()) {
      cut = found->second.cuts > 0;
      if (cut) --found->second.cuts;
      resource = found->second;
    }
  }
  std::string body = resource.body;
  sendAll(connection, headOf(resource, request, body));
  const auto length = static_cast<std::size_t>(std::max<std::int64_t>(resource.cut_after, 0));
  sendAll(connection, cut ? body.substr(0, length) : body);
  char ignored = 0;
  while (cut && resource.stalls && !stop.stop_requested()) {
    if (readable(connection) && ::recv(connection, &ignored, 1, 0) <= 0) return;
  }
}

}  // namespace a2q::test
