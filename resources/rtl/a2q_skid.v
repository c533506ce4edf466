// SPDX-License-Identifier: GPL-3.0-or-later
// Skid buffer: two beats of WIDTH bits, which cuts the combinational path of `ready` between two
// blocks.
// Streams: valid/ready, one beat a cycle; in_ready, out_valid and out_data are registers.
module a2q_skid #(
    parameter integer WIDTH = 8
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             in_valid,
    output reg              in_ready,
    input  wire [WIDTH-1:0] in_data,
    output reg              out_valid,
    input  wire             out_ready,
    output reg  [WIDTH-1:0] out_data
);

  reg [WIDTH-1:0] spare;  // the beat that came while the output waited; there when !in_ready
  wire free = !out_valid || out_ready;

  always @(posedge clk) begin
    if (rst) begin
      in_ready <= 1'b1;
      out_valid <= 1'b0;
    end else if (free) begin
      in_ready <= 1'b1;
      out_valid <= in_valid || !in_ready;
    end else if (in_valid) begin
      in_ready <= 1'b0;
    end
    if (free) out_data <= in_ready ? in_data : spare;
    if (in_ready) spare <= in_data;
  end

endmodule
