// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of DEPTH >= 2 words of WIDTH bits, one port to write and one to read.
//   BLOCK  1: block memory; 0: what the tool finds fit (look-up tables, registers or block memory)
// The word at `read_address` stands at `read_data` after a clock edge with `read`. Who uses it never
// reads a word in the cycle in which it is written.
module a2q_ram #(
    parameter integer WIDTH = 8,
    parameter integer DEPTH = 2,
    parameter integer BLOCK = 0
) (
    input  wire                     clk,
    input  wire                     write,
    input  wire [$clog2(DEPTH)-1:0] write_address,
    input  wire [WIDTH-1:0]         write_data,
    input  wire                     read,
    input  wire [$clog2(DEPTH)-1:0] read_address,
    output reg  [WIDTH-1:0]         read_data
);

  generate
    if (BLOCK != 0) begin : g_block
      (* ram_style = "block", no_rw_check *) reg [WIDTH-1:0] words[0:DEPTH-1];
      always @(posedge clk) begin
        if (write) words[write_address] <= write_data;
        if (read) read_data <= words[read_address];
      end
    end else begin : g_any
      (* no_rw_check *) reg [WIDTH-1:0] words[0:DEPTH-1];
      always @(posedge clk) begin
        if (write) words[write_address] <= write_data;
        if (read) read_data <= words[read_address];
      end
    end
  endgenerate

endmodule
