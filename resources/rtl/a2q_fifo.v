// SPDX-License-Identifier: GPL-3.0-or-later
// First in, first out: a memory of DEPTH >= 2 beats of WIDTH bits and an output register, so that it
// holds DEPTH + 1.
//   BLOCK   as in a2q_ram
// Streams: valid/ready, one beat a cycle; in_ready depends on registers only, out_valid does not
// wait for out_ready; registered.
module a2q_fifo #(
    parameter integer WIDTH = 8,
    parameter integer DEPTH = 2,
    parameter integer BLOCK = 0
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             in_valid,
    output wire             in_ready,
    input  wire [WIDTH-1:0] in_data,
    output reg              out_valid,
    input  wire             out_ready,
    output wire [WIDTH-1:0] out_data
);

  localparam integer BITS = $clog2(DEPTH);
  localparam integer COUNT_BITS = $clog2(DEPTH + 1);
  reg [COUNT_BITS-1:0] count;
  wire [BITS-1:0] write_address;
  wire [BITS-1:0] read_address;
  wire some = count != {COUNT_BITS{1'b0}};
  assign in_ready = count != DEPTH[COUNT_BITS-1:0];
  wire write = in_valid && in_ready;
  wire read = some && (!out_valid || out_ready);

  always @(posedge clk) begin
    if (rst) count <= {COUNT_BITS{1'b0}};
    else if (write && !read) count <= count + 1'b1;
    else if (read && !write) count <= count - 1'b1;
    if (rst) out_valid <= 1'b0;
    else if (!out_valid || out_ready) out_valid <= some;
  end

  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(DEPTH)) writes (
      .clk(clk), .rst(rst), .step(write), .value(write_address), .last()
  );
  a2q_counter #(.COUNT(DEPTH)) reads (
      .clk(clk), .rst(rst), .step(read), .value(read_address), .last()
  );
  // verilator lint_on PINCONNECTEMPTY
  a2q_ram #(.WIDTH(WIDTH), .DEPTH(DEPTH), .BLOCK(BLOCK)) memory (
      .clk(clk),
      .write(write),
      .write_address(write_address),
      .write_data(in_data),
      .read(read),
      .read_address(read_address),
      .read_data(out_data)
  );

endmodule
