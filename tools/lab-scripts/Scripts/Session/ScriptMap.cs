using KernelSim.Protocol;

namespace KernelSim.LabScripts;

/// <summary>The sizes of a map that a script's program has open, for its buffers.</summary>
/// <param name="KeySize">Bytes in a key.</param>
/// <param name="ValueBytes">Size of a whole value in bytes: every CPU's slot of a per-CPU map.</param>
/// <param name="SlotBytes">Size of one CPU's value in bytes.</param>
internal sealed record ScriptMap(uint KeySize, uint ValueBytes, uint SlotBytes)
{
    /// <summary>The sizes of a map; null if the size of a value exceeds 32 bits.</summary>
    public static ScriptMap? Of(BpfMapType type, uint keySize, uint valueSize, int possibleCpus) =>
        PerCpuLayout.TryCreate(type, valueSize, possibleCpus, out PerCpuLayout layout)
            ? new ScriptMap(keySize, layout.Total, valueSize)
            : null;
}
