using System.Runtime.InteropServices;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Structures;

/// <summary>
/// Kernel memory of a machine as it is when this is made: pool and sections, by simulated and by host address. Native pointers that the kernel's
/// structures contain are host addresses; only those that lie in pool are read.
/// </summary>
internal sealed class KernelMemory
{
    private readonly IDebugTarget _target;

    // By host address, and by simulated address.
    private readonly MemoryRange[] _pool;
    private readonly MemoryRange[] _byHost;
    private readonly MemoryRange[] _byAddress;

    public KernelMemory(IDebugTarget target, MachineView machine)
    {
        _target = target;
        _pool = [.. machine.Pool.ReadRanges()];
        MemoryRange[] all = [.. _pool, .. machine.Sections.Select(s => s.Range).Where(r => r.Host != 0)];
        _byHost = [.. all.OrderBy(r => r.Host)];
        _byAddress = [.. all.OrderBy(r => r.Address)];
    }

    /// <summary>The ranges of pool, by host address. A section is not among them.</summary>
    public IReadOnlyList<MemoryRange> Pool => _pool;

    /// <summary>The range that a simulated address is in; null if it is in none.</summary>
    public MemoryRange? RangeAt(ulong address) =>
        Last(_byAddress, r => r.Address <= address) is { } range && range.Contains(address) ? range : null;

    /// <summary>The simulated address of a place in pool or in a section; 0 for any other place.</summary>
    public ulong AddressOf(ulong host) => RangeOfHost(host) is { } range ? range.AddressOf(host) : 0;

    /// <summary>Reads at a simulated kernel address. Returns the number of bytes that could be read, from the first on.</summary>
    public int Read(ulong address, Span<byte> bytes)
    {
        if (RangeAt(address) is not { } range)
        {
            return 0;
        }

        Span<byte> within = bytes[..(int)Math.Min((ulong)bytes.Length, range.End - address)];
        return _target.TryRead(range.HostOf(address), within) ? within.Length : 0;
    }

    /// <summary>Reads what a native pointer of the kernel points to. False unless all of it is in pool or a section, and can be read.</summary>
    public bool TryReadHost(ulong host, Span<byte> bytes) =>
        RangeOfHost(host) is { } range && (ulong)bytes.Length <= range.Length - (host - range.Host) && _target.TryRead(host, bytes);

    /// <summary>Reads a structure that a native pointer of the kernel points to, under the same condition.</summary>
    public bool TryReadHost<T>(ulong host, out T value)
        where T : unmanaged
    {
        value = default;
        return TryReadHost(host, MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref value, 1)));
    }

    private MemoryRange? RangeOfHost(ulong host) =>
        Last(_byHost, r => r.Host <= host) is { } range && range.ContainsHost(host) ? range : null;

    /// <summary>The last of the first ranges that meet a condition.</summary>
    private static MemoryRange? Last(MemoryRange[] ranges, Func<MemoryRange, bool> isBefore)
    {
        int low = 0;
        int high = ranges.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = isBefore(ranges[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? null : ranges[low - 1];
    }
}
