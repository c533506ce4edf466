// SPDX-License-Identifier: GPL-3.0-or-later
// Joins two streams along the channels: LEFT beats of a pixel from one, then RIGHT beats from the
// other.
//   LANES                      values a beat
//   LEFT, RIGHT                beats a pixel of the two
//   L, L_SIGNED, R, R_SIGNED   bits and sign of their values
//   B                          bits of a value that is given: those that hold both
// Streams: valid/ready, one beat a cycle; out_valid does not wait for out_ready; registered.
module a2q_concat #(
    parameter integer LANES = 1,
    parameter integer LEFT = 1,
    parameter integer RIGHT = 1,
    parameter integer L = 4,
    parameter integer L_SIGNED = 0,
    parameter integer R = 4,
    parameter integer R_SIGNED = 0,
    parameter integer B = 4
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

  reg turn;  // 1: the right one's
  wire free = !out_valid || out_ready;
  wire there = turn ? right_valid : left_valid;
  assign left_ready = free && !turn;
  assign right_ready = free && turn;
  wire left_last, right_last;
  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(LEFT)) left_beats (
      .clk(clk), .rst(rst), .step(left_ready && left_valid), .value(), .last(left_last)
  );
  a2q_counter #(.COUNT(RIGHT)) right_beats (
      .clk(clk), .rst(rst), .step(right_ready && right_valid), .value(), .last(right_last)
  );
  // verilator lint_on PINCONNECTEMPTY
  always @(posedge clk)
    if (rst) begin
      out_valid <= 1'b0;
      turn <= 1'b0;
    end else if (free) begin
      out_valid <= there;
      if (there && (turn ? right_last : left_last)) turn <= !turn;
    end

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
      always @(posedge clk) if (free && there) out_data[i*B+:B] <= turn ? right : left;
    end
  endgenerate

endmodule
