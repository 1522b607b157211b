using KernelSim.Debugger.Targets;
using KernelSim.Nt.Mm;

namespace KernelSim.Debugger.Structures;

/// <summary>The address space of a process.</summary>
/// <param name="space">The <see cref="UserAddressSpace"/>.</param>
internal sealed class UserMemory(ITargetObject space)
{
    private static readonly KernelField s_table = KernelField.Of<UserAddressSpace>("_regions");
    private static readonly KernelField s_regions = KernelField.Of<UserRegionTable>("_regions");
    private static readonly KernelField s_released = KernelField.Of<UserAddressSpace>("_released");

    /// <summary>Whether its memory has gone back to the host: its regions are still listed, and cannot be read.</summary>
    public bool IsReleased => space.Flag(s_released);

    /// <summary>Its regions, by address.</summary>
    public IEnumerable<RegionView> Regions => space.Required(s_table).List(s_regions).Select(r => new RegionView(r));

    /// <summary>The region that contains an address; null if none does.</summary>
    public RegionView? RegionAt(ulong address) => Regions.FirstOrDefault(r => r.Range.Contains(address));

    /// <summary>
    /// Reads at an address of the process, whatever its protection. Returns the number of bytes that could be read, from the first on.
    /// </summary>
    public int Read(IDebugTarget target, ulong address, Span<byte> bytes)
    {
        if (IsReleased || RegionAt(address) is not { Range: { Host: not 0 } range })
        {
            return 0;
        }

        Span<byte> within = bytes[..(int)Math.Min((ulong)bytes.Length, range.End - address)];
        return target.TryRead(range.HostOf(address), within) ? within.Length : 0;
    }
}
