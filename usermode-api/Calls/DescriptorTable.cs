using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>
/// The C runtime's descriptors: small integers from 3, lowest free one first, each standing for a handle. Lookups take
/// no lock; opening and closing do.
/// </summary>
internal sealed class DescriptorTable
{
    /// <summary>0 to 2 are standard input, output and error, which no call here accepts.</summary>
    public const int First = 3;

    /// <summary>Maximum number of descriptors of a process, as in the C runtime: <c>_NHANDLE_</c>.</summary>
    private const int Limit = 8192;

    private readonly Lock _lock = new();
    private volatile OpenDescriptor?[] _entries = new OpenDescriptor?[16];

    /// <summary>Creates a descriptor that owns a handle: <c>_open_osfhandle</c>.</summary>
    /// <returns>-1 if there are no descriptors left; the caller then still owns the handle.</returns>
    public int Open(NtHandle handle, MapShape? shape)
    {
        lock (_lock)
        {
            OpenDescriptor?[] entries = _entries;
            int index = Array.IndexOf(entries, null);
            if (index < 0)
            {
                if (entries.Length >= Limit)
                {
                    return -1;
                }

                index = entries.Length;
                Array.Resize(ref entries, entries.Length * 2);
            }

            Volatile.Write(ref entries[index], new OpenDescriptor(handle) { Shape = shape });
            _entries = entries;
            return First + index;
        }
    }

    /// <summary>Looks up a descriptor: <c>_get_osfhandle</c>.</summary>
    public bool TryGet(int descriptor, [NotNullWhen(true)] out OpenDescriptor? entry)
    {
        entry = Find(descriptor);
        return entry is not null;
    }

    /// <summary>Looks up a descriptor; null if there is no such.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OpenDescriptor? Find(int descriptor)
    {
        OpenDescriptor?[] entries = _entries;
        uint index = (uint)descriptor - First;
        return index < (uint)entries.Length ? Volatile.Read(ref entries[index]) : null;
    }

    /// <summary>The open descriptors with their handles, lowest first.</summary>
    public IEnumerable<(int Descriptor, NtHandle Handle)> List()
    {
        OpenDescriptor?[] entries = _entries;
        for (int i = 0; i < entries.Length; i++)
        {
            if (Volatile.Read(ref entries[i]) is { } entry)
            {
                yield return (First + i, entry.Handle);
            }
        }
    }

    /// <summary>Removes a descriptor from the table. The caller closes its handle.</summary>
    public bool TryRemove(int descriptor, out NtHandle handle)
    {
        lock (_lock)
        {
            if (!TryGet(descriptor, out OpenDescriptor? entry))
            {
                handle = NtHandle.Invalid;
                return false;
            }

            _entries[descriptor - First] = null;
            handle = entry.Handle;
            return true;
        }
    }

    /// <summary>Removes all descriptors from the table. The caller closes their handles.</summary>
    public NtHandle[] RemoveAll()
    {
        lock (_lock)
        {
            NtHandle[] handles = [.. _entries.OfType<OpenDescriptor>().Select(e => e.Handle)];
            Array.Clear(_entries);
            return handles;
        }
    }
}
