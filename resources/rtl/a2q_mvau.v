// SPDX-License-Identifier: GPL-3.0-or-later
// Matrix vector unit: MH dot products of MW products, PE rows and SIMD products of a row at a time,
// in accumulators of exactly P bits, which are what it gives.
//   MW, MH    columns and rows; SIMD divides MW, PE divides MH
//   W         bits of a weight (signed)
//   A         bits of an input, signed where A_SIGNED is 1
//   P         bits of an accumulator
//   RING      how inputs are kept for the other rows, as in a2q_replay
//   MONITOR   1: `overflow` stays set once a sum did not fit P bits (for simulation)
// Weights: word fold·(MW/SIMD) + step holds rows fold·PE + lane, columns step·SIMD + i; see
// a2q_dot_array.
// Streams: valid/ready; in: MW/SIMD beats of SIMD inputs a vector; out: MH/PE beats of PE
// accumulators. (MH/PE)(MW/SIMD) cycles a vector.
module a2q_mvau #(
    parameter integer MW = 4,
    parameter integer MH = 2,
    parameter integer PE = 1,
    parameter integer SIMD = 1,
    parameter integer W = 2,
    parameter integer A = 2,
    parameter integer A_SIGNED = 0,
    parameter integer P = 8,
    parameter integer RING = 1,
    parameter integer MONITOR = 0,
    parameter integer WORDS = (MW / SIMD) * (MH / PE),
    parameter integer ADDRESS = WORDS > 1 ? $clog2(WORDS) : 1
) (
    input  wire                 clk,
    input  wire                 rst,
    input  wire                 in_valid,
    output wire                 in_ready,
    input  wire [SIMD*A-1:0]    in_data,
    output wire                 weight_enable,
    output wire [ADDRESS-1:0]   weight_address,
    input  wire [PE*SIMD*W-1:0] weight_data,
    output wire                 out_valid,
    input  wire                 out_ready,
    output wire [PE*P-1:0]      out_data,
    output wire                 overflow
);

  wire x_valid;
  wire x_ready;
  wire [SIMD*A-1:0] x_data;

  generate
    if (MH == PE) begin : g_once
      assign x_valid = in_valid;
      assign in_ready = x_ready;
      assign x_data = in_data;
    end else begin : g_replay
      a2q_replay #(.WIDTH(SIMD * A), .LENGTH(MW / SIMD), .TIMES(MH / PE), .RING(RING)) replay (
          .clk(clk),
          .rst(rst),
          .in_valid(in_valid),
          .in_ready(in_ready),
          .in_data(in_data),
          .out_valid(x_valid),
          .out_ready(x_ready),
          .out_data(x_data)
      );
    end
  endgenerate

  a2q_dot_array #(
      .PE(PE), .SIMD(SIMD), .W(W), .A(A), .A_SIGNED(A_SIGNED), .P(P),
      .LENGTH(MW / SIMD), .FOLDS(MH / PE), .SHARED(1), .MONITOR(MONITOR)
  ) rows (
      .clk(clk),
      .rst(rst),
      .in_valid(x_valid),
      .in_ready(x_ready),
      .in_data(x_data),
      .weight_enable(weight_enable),
      .weight_address(weight_address),
      .weight_data(weight_data),
      .out_valid(out_valid),
      .out_ready(out_ready),
      .out_data(out_data),
      .overflow(overflow)
  );

endmodule
