using System.Buffers.Binary;
using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>Runs lab scripts, and writes the bytes in them.</summary>
internal static class LabScript
{
    /// <summary>The line that most scripts start with: counters on every CPU. A whole value is 32 bytes on 4 CPUs.</summary>
    public const string CreateStats =
        """{"op":"map_create","as":"m","type":"percpu_hash","name":"stats","key_size":4,"value_size":8,"max_entries":16}""";

    /// <summary>A map that is not per-CPU.</summary>
    public const string CreateHash =
        """{"op":"map_create","as":"h","type":"hash","name":"plain","key_size":4,"value_size":4,"max_entries":16}""";

    /// <summary>Runs lines with options.</summary>
    public static ToolRun Run(string[] lines, params string[] options) =>
        ToolRun.WithInput(string.Join('\n', lines) + "\n", ["script", "-", .. options]);

    /// <summary>Runs lines that must all be answered without a note, and gives the answers.</summary>
    public static IReadOnlyList<JsonElement> Results(string[] lines, params string[] options)
    {
        ToolRun run = Run(lines, options);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(lines.Length, run.Json.Count);
        return run.Json;
    }

    /// <summary>A key of 4 bytes.</summary>
    public static string Key(uint key) => Number(key, sizeof(uint));

    /// <summary>A whole value: one counter of 8 bytes for each CPU.</summary>
    public static string Counters(params ulong[] counters) => string.Concat(counters.Select(c => Number(c, sizeof(ulong))));

    /// <summary>Asserts what a line answered, all of it and in order.</summary>
    public static void Answers(string expected, JsonElement actual) => Assert.Equal(expected, actual.GetRawText());

    private static string Number(ulong value, int bytes)
    {
        Span<byte> buffer = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(buffer, value);
        return Convert.ToHexStringLower(buffer[..bytes]);
    }
}
