using System.Runtime.CompilerServices;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>Values of a size, for the typed API. Their bytes are words, so they need no padding.</summary>
internal static class ValueSizes
{
    /// <summary>The sizes that can be measured, in bytes.</summary>
    public static IReadOnlyList<int> All { get; } = [8, 64, 256, 1024, 4096];

    /// <summary>64 bytes.</summary>
    [InlineArray(8)]
    public struct Words8
    {
        private ulong _word;
    }

    /// <summary>256 bytes.</summary>
    [InlineArray(32)]
    public struct Words32
    {
        private ulong _word;
    }

    /// <summary>1 KiB.</summary>
    [InlineArray(128)]
    public struct Words128
    {
        private ulong _word;
    }

    /// <summary>4 KiB.</summary>
    [InlineArray(512)]
    public struct Words512
    {
        private ulong _word;
    }
}
