using KernelSim.Protocol;

namespace KernelSim.Tool.Script;

/// <summary>What a script's program knows of a map that it has open, to size its buffers.</summary>
/// <param name="KeySize">Bytes in a key.</param>
/// <param name="ValueBytes">Bytes in a whole value: every CPU's slot of a per-CPU map.</param>
/// <param name="SlotBytes">Bytes in one CPU's value.</param>
internal sealed record ScriptMap(uint KeySize, uint ValueBytes, uint SlotBytes)
{
    /// <summary>The sizes of a map; null when a value does not fit 32 bits.</summary>
    public static ScriptMap? Of(BpfMapType type, uint keySize, uint valueSize, int possibleCpus) =>
        PerCpuLayout.TryCreate(type, valueSize, possibleCpus, out PerCpuLayout layout)
            ? new ScriptMap(keySize, layout.Total, valueSize)
            : null;
}
