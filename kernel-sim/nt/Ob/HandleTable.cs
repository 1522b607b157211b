using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ob;

/// <summary>A process's handles. A handle carries a generation, so a stale one does not name a newer object; lookups return a reference.</summary>
/// <remarks>
/// The table's lock is the innermost: under it only the table's own code and reference counting run. System calls look up without it
/// (<see cref="Borrow"/>).
/// </remarks>
public sealed class HandleTable
{
    private readonly Machine _machine;
    private readonly int _processId;
    private readonly HandleNumbers _numbers;
    private Entry?[] _entries = new Entry?[16];
    private HostSpinLock _lock = new(LockRank.HandleTable);
    private int _count;
    private bool _closed;

    internal HandleTable(Machine machine, int processId, bool dense)
    {
        _machine = machine;
        _processId = processId;
        _numbers = new HandleNumbers(dense);
    }

    /// <summary>Number of handles in use.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The open handles, lowest index first, for leak reports and debuggers.</summary>
    public IReadOnlyList<OpenHandle> List()
    {
        List<OpenHandle> open = [];
        foreach (Entry? entry in Volatile.Read(ref _entries))
        {
            if (entry is not null)
            {
                open.Add(new OpenHandle(new NtHandle(entry.Handle), entry.Object));
            }
        }

        return open;
    }

    /// <summary>Adds a handle to an object, with a reference of its own.</summary>
    /// <returns>
    /// <see cref="NtStatus.Success"/>; <see cref="NtStatus.InsufficientResources"/> if the table is full;
    /// <see cref="NtStatus.ProcessIsTerminating"/> once its process has begun to end.
    /// </returns>
    public NtStatus Insert(ObObject @object, out NtHandle handle)
    {
        ArgumentNullException.ThrowIfNull(@object);
        NtStatus status = NtStatus.Success;
        handle = NtHandle.Invalid;
        @object.AddHandle();
        _lock.Enter();
        if (_closed)
        {
            status = NtStatus.ProcessIsTerminating;
        }
        else if (!_numbers.TryTake(out int index))
        {
            status = NtStatus.InsufficientResources;
        }
        else
        {
            if (index >= _entries.Length)
            {
                Entry?[] larger = new Entry?[Math.Max(index + 1, _entries.Length * 2)];
                _entries.CopyTo(larger, 0);
                Volatile.Write(ref _entries, larger);
            }

            handle = new NtHandle(_numbers.HandleOf(index));
            Volatile.Write(ref _entries[index], new Entry(handle.Value, @object));
            _count++;
        }

        _lock.Exit();
        if (status != NtStatus.Success)
        {
            @object.UndoHandle();
            return status;
        }

        Trace(@object, handle, created: true);
        return status;
    }

    /// <summary>Looks up a handle. The caller owns the reference that it gets.</summary>
    /// <returns>Success, <see cref="NtStatus.InvalidHandle"/>, or <see cref="NtStatus.ObjectTypeMismatch"/>.</returns>
    public NtStatus Reference<T>(NtHandle handle, [NotNullWhen(true)] out T? @object)
        where T : ObObject
    {
        _lock.Enter();
        ObObject? found = Find(handle.Value);
        @object = found as T;

        // The table's own reference keeps it alive until the lock is dropped, unless there was one dereference too many.
        bool alive = @object is null || @object.TryReference();
        _lock.Exit();
        if (!alive)
        {
            @object!.Reference(); // stops the machine, now that no lock is held
        }

        return found is null ? NtStatus.InvalidHandle : @object is null ? NtStatus.ObjectTypeMismatch : NtStatus.Success;
    }

    /// <summary>
    /// Looks up a handle for the duration of a system call, which writes nothing that other processors use. The same thread gives the reference
    /// back with <see cref="Return"/> before it leaves the kernel; to keep the object longer, it takes a reference of its own.
    /// </summary>
    /// <returns>As <see cref="Reference"/>.</returns>
    public NtStatus Borrow<T>(KeThread current, NtHandle handle, out T? @object)
        where T : ObObject
    {
        ObObject? found = Borrow(current, handle);
        @object = found as T;
        if (found is null)
        {
            return NtStatus.InvalidHandle;
        }

        if (@object is null)
        {
            Return(current, found);
            return NtStatus.ObjectTypeMismatch;
        }

        return NtStatus.Success;
    }

    /// <summary>Looks up a handle of any type in the same way; null if it is not open.</summary>
    public ObObject? Borrow(KeThread current, NtHandle handle)
    {
        ArgumentNullException.ThrowIfNull(current);
        ObObject? found = current.Borrows.Borrow(this, handle.Value);
        if (found is { IsDead: true })
        {
            Return(current, found);
            found.Reference(); // stops the machine: there was one dereference too many
        }

        return found;
    }

    /// <summary>Gives back what <see cref="Borrow"/> returned. The last reference may be among them: this may destroy the object.</summary>
    public static void Return(KeThread current, ObObject @object)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(@object);
        if (!current.Borrows.TryReturn(@object))
        {
            @object.Dereference();
        }
    }

    /// <summary>Closes a handle.</summary>
    /// <returns>Success or <see cref="NtStatus.InvalidHandle"/>.</returns>
    public NtStatus Close(NtHandle handle)
    {
        _lock.Enter();
        ObObject? found = _numbers.TryFind(handle.Value, out int index) ? TakeLocked(index) : null;
        _lock.Exit();
        if (found is null)
        {
            return NtStatus.InvalidHandle;
        }

        Trace(found, handle, created: false);
        found.RemoveHandle();
        return NtStatus.Success;
    }

    /// <summary>Refuses new handles from now on: the process has begun to end.</summary>
    internal void BeginClose()
    {
        _lock.Enter();
        _closed = true;
        _lock.Exit();
    }

    /// <summary>Closes every handle, lowest number first.</summary>
    internal void CloseAll()
    {
        for (int index = 0; index < Volatile.Read(ref _entries).Length; index++)
        {
            _lock.Enter();
            NtHandle handle = new(_numbers.HandleOf(index));
            ObObject? found = _entries[index] is null ? null : TakeLocked(index);
            _lock.Exit();
            if (found is not null)
            {
                Trace(found, handle, created: false);
                found.RemoveHandle();
            }
        }
    }

    /// <summary>
    /// The object behind a handle; null if it is not open. The caller holds the table's lock, or the lock of a list of borrowed references.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ObObject? Find(long handle)
    {
        Entry?[] entries = Volatile.Read(ref _entries);
        int index = _numbers.IndexOf(handle);
        return (uint)index < (uint)entries.Length && Volatile.Read(ref entries[index]) is { } entry && entry.Handle == handle
            ? entry.Object
            : null;
    }

    private ObObject? TakeLocked(int index)
    {
        ObObject? found = _entries[index]?.Object;
        Volatile.Write(ref _entries[index], null);
        _numbers.Return(index);
        _count--;
        return found;
    }

    private void Trace(ObObject @object, NtHandle handle, bool created)
    {
        if (!KernelEventSource.Log.IsEnabled())
        {
            return;
        }

        KeThread? thread = _machine.ThreadInKernel();
        ulong request = thread?.RequestId ?? 0;
        int processor = thread?.ProcessorNumber ?? -1;
        if (created)
        {
            KernelEventSource.Log.HandleCreate(request, processor, _processId, handle.Value, @object.TypeName);
        }
        else
        {
            KernelEventSource.Log.HandleClose(request, processor, _processId, handle.Value, @object.TypeName);
        }
    }

    /// <summary>An open handle. Replaced as a whole, so that a look-up without the lock sees handle and object that belong together.</summary>
    private sealed record Entry(long Handle, ObObject Object);
}
