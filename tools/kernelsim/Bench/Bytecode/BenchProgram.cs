using System.Text;
using System.Text.Json;
using KernelSim.Bytecode;

namespace KernelSim.Tool.Bench.Bytecode;

/// <summary>
/// A program of the benchmarks of bytecode: a C file of <c>Programs</c>, and the row of <c>programs.json</c> that tells how to run it.
/// </summary>
/// <param name="Name">The name of the C file and its function.</param>
/// <param name="Does">What it does, in a few words.</param>
internal sealed record BenchProgram(string Name, string Does)
{
    /// <summary>A row for each program.</summary>
    public static readonly BenchProgram[] All =
    [
        new("xorshift", "4,096 rounds of xorshift"),
        new("primes", "count the primes below 1,000"),
        new("checksum", "the Internet checksum of 256 bytes"),
        new("bubble_sort", "sort 20 numbers on the stack"),
        new("packet_parse", "parse 16 packets of 64 bytes"),
    ];

    /// <summary>Its instructions, 8 bytes each.</summary>
    public byte[] Bytes => Convert.FromHexString(Encoding.ASCII.GetString(BenchResources.Read($"{Name}.hex")).ReplaceLineEndings(""));

    /// <summary>What R1 points to; R2 is the length.</summary>
    public byte[] Memory => Convert.FromHexString(Row.GetProperty("memory").GetString()!);

    /// <summary>The instructions that a run with this memory executes.</summary>
    public long Instructions => Row.GetProperty("instructions").GetInt64();

    /// <summary>The program for an engine.</summary>
    public BytecodeImage Image => BytecodeImage.FromBytes(Bytes, Name);

    private JsonElement Row => JsonDocument.Parse(BenchResources.Read("programs.json")).RootElement
        .EnumerateArray().Single(p => p.GetProperty("name").GetString() == Name);
}
