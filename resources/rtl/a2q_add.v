// SPDX-License-Identifier: GPL-3.0-or-later
// The element-wise sum of two streams of LANES values a beat.
//   L, L_SIGNED, R, R_SIGNED   bits and sign of the two
//   B                          bits of a sum; the sum fits by design
// Streams: valid/ready, one beat a cycle; a beat is taken when both are there; out_valid does not
// wait for out_ready; registered.
module a2q_add #(
    parameter integer LANES = 1,
    parameter integer L = 4,
    parameter integer L_SIGNED = 0,
    parameter integer R = 4,
    parameter integer R_SIGNED = 0,
    parameter integer B = 5
) (
    input  wire               clk,
    input  wire               rst,
    input  wire               left_valid,
    output wire               left_ready,
    input  wire [LANES*L-1:0] left_data,
    input  wire               right_valid,
    output wire               right_ready,
    input  wire [LANES*R-1:0] right_data,
    output reg                out_valid,
    input  wire               out_ready,
    output reg  [LANES*B-1:0] out_data
);

  wire both = left_valid && right_valid;
  wire free = !out_valid || out_ready;
  assign left_ready = free && right_valid;
  assign right_ready = free && left_valid;
  always @(posedge clk)
    if (rst) out_valid <= 1'b0;
    else if (free) out_valid <= both;

  genvar i;
  generate
    for (i = 0; i < LANES; i = i + 1) begin : g_lane
      wire [B-1:0] left;
      wire [B-1:0] right;
      a2q_resize #(.FROM(L), .SIGNED(L_SIGNED), .TO(B)) resize_left (
          .value(left_data[i*L+:L]), .result(left)
      );
      a2q_resize #(.FROM(R), .SIGNED(R_SIGNED), .TO(B)) resize_right (
          .value(right_data[i*R+:R]), .result(right)
      );
      always @(posedge clk) if (free && both) out_data[i*B+:B] <= left + right;
    end
  endgenerate

endmodule
