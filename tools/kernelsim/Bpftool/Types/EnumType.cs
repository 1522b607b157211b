using System.Numerics;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Types;

/// <summary>An enumeration, of 4 bytes: a name where there is one, otherwise the number.</summary>
/// <param name="names">The names by their values.</param>
internal sealed class EnumType(IReadOnlyDictionary<long, string> names) : BtfType
{
    /// <inheritdoc/>
    public override uint Size => sizeof(int);

    /// <inheritdoc/>
    public override uint Alignment => sizeof(int);

    /// <inheritdoc/>
    public override void Print(BpftoolJson json, ReadOnlySpan<byte> data, bool plain)
    {
        long value = (long)new BigInteger(data[..sizeof(int)]);
        if (names.TryGetValue(value, out string? name))
        {
            json.Text(name);
        }
        else
        {
            json.Number(value);
        }
    }
}
