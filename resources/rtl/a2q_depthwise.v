// SPDX-License-Identifier: GPL-3.0-or-later
// Depthwise unit: CHANNELS dot products of TAPS products, each over its own channel, PE channels at a
// time, one product of a channel at a time.
//   CHANNELS, TAPS   PE divides CHANNELS; TAPS = kh·kw
//   W, A, A_SIGNED, P, MONITOR   as in a2q_mvau
// Weights: word fold·TAPS + tap holds channels fold·PE + lane; see a2q_dot_array.
// Streams: valid/ready; in: beats of PE inputs in the order [channel fold][tap]; out: CHANNELS/PE
// beats of PE accumulators. (CHANNELS/PE)·TAPS cycles a pixel.
module a2q_depthwise #(
    parameter integer CHANNELS = 2,
    parameter integer TAPS = 9,
    parameter integer PE = 1,
    parameter integer W = 2,
    parameter integer A = 2,
    parameter integer A_SIGNED = 0,
    parameter integer P = 8,
    parameter integer MONITOR = 0,
    parameter integer WORDS = (CHANNELS / PE) * TAPS,
    parameter integer ADDRESS = WORDS > 1 ? $clog2(WORDS) : 1
) (
    input  wire               clk,
    input  wire               rst,
    input  wire               in_valid,
    output wire               in_ready,
    input  wire [PE*A-1:0]    in_data,
    output wire               weight_enable,
    output wire [ADDRESS-1:0] weight_address,
    input  wire [PE*W-1:0]    weight_data,
    output wire               out_valid,
    input  wire               out_ready,
    output wire [PE*P-1:0]    out_data,
    output wire               overflow
);

  a2q_dot_array #(
      .PE(PE), .SIMD(1), .W(W), .A(A), .A_SIGNED(A_SIGNED), .P(P),
      .LENGTH(TAPS), .FOLDS(CHANNELS / PE), .SHARED(0), .MONITOR(MONITOR)
  ) channels (
      .clk(clk),
      .rst(rst),
      .in_valid(in_valid),
      .in_ready(in_ready),
      .in_data(in_data),
      .weight_enable(weight_enable),
      .weight_address(weight_address),
      .weight_data(weight_data),
      .out_valid(out_valid),
      .out_ready(out_ready),
      .out_data(out_data),
      .overflow(overflow)
  );

endmodule
