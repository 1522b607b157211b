using System.Globalization;
using System.Runtime.InteropServices;

namespace KernelSim.UserMode;

/// <summary>
/// A key of an LPM trie, <c>bpf_lpm_trie_key</c>: the number of significant bits, then the data. There is no gap between the two, whatever
/// the data's alignment.
/// </summary>
/// <typeparam name="T">The data: its bytes, the first bit of the prefix highest in the first byte.</typeparam>
/// <param name="PrefixLength">Number of significant bits, 0 to 8 x sizeof(T).</param>
/// <param name="Data">
/// The data, in network order: 10.0.0.0 as a <see cref="uint"/> is 0x0000000A on a little-endian host.
/// </param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct LpmKey<T>(uint PrefixLength, T Data)
    where T : unmanaged
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Data}/{PrefixLength}");
}
