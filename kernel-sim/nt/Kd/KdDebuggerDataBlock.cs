using System.Runtime.InteropServices;

namespace KernelSim.Nt.Kd;

/// <summary>
/// Where a debugger begins: <c>KdDebuggerDataBlock</c>. It finds this type by its name, in a process or in a dump, compares
/// <see cref="Schema"/> with its own, and goes from the machines to everything else. Nothing in the kernel reads it.
/// </summary>
/// <remarks>
/// The handles are weak: a machine that was forgotten is not kept alive. They stand in a plain array, so that a debugger needs to know nothing
/// of the runtime but that a GC handle points to the address of its object. A machine is in it from its boot until it is disposed of.
/// </remarks>
internal static class KdDebuggerDataBlock
{
    /// <summary>
    /// The version of what debuggers know about the kernel and its drivers. It rises when a name or a meaning that they use changes.
    /// </summary>
    public const int SchemaVersion = 1;

    /// <summary>The version, where a debugger can read it.</summary>
    internal static readonly int Schema = SchemaVersion;

    private static readonly Lock s_lock = new();
    private static Entry[] s_machines = new Entry[4];
    private static int s_lastNumber;

    /// <summary>Adds a machine that has booted.</summary>
    public static void Add(Machine machine)
    {
        lock (s_lock)
        {
            int free = Array.FindIndex(s_machines, static e => e.Handle == 0 || GCHandle.FromIntPtr(e.Handle).Target is null);
            if (free < 0)
            {
                free = s_machines.Length;
                Array.Resize(ref s_machines, free * 2);
            }

            Release(ref s_machines[free]);
            s_machines[free] = new Entry(GCHandle.ToIntPtr(GCHandle.Alloc(machine, GCHandleType.Weak)), ++s_lastNumber);
        }
    }

    /// <summary>Removes a machine whose memory is going.</summary>
    public static void Remove(Machine machine)
    {
        lock (s_lock)
        {
            int at = Array.FindIndex(s_machines, e => e.Handle != 0 && ReferenceEquals(GCHandle.FromIntPtr(e.Handle).Target, machine));
            if (at >= 0)
            {
                Release(ref s_machines[at]);
            }
        }
    }

    private static void Release(ref Entry entry)
    {
        nint handle = entry.Handle;
        entry = default;
        if (handle != 0)
        {
            GCHandle.FromIntPtr(handle).Free();
        }
    }

    /// <summary>A machine: a weak GC handle, 0 if the entry is free, and its number, from 1 in the order of boots.</summary>
    internal readonly struct Entry(nint handle, int number)
    {
        public readonly nint Handle = handle;

        public readonly int Number = number;
    }
}
