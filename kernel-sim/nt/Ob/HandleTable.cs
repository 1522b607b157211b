using System.Diagnostics.CodeAnalysis;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ob;

/// <summary>
/// <summary>A process's handles. A handle carries a generation, so a stale one does not name a newer object; lookups return a reference.</summary>
/// </summary>
/// <remarks>The table's lock is the innermost: under it only the table's own code and reference counting run.</remarks>
public sealed class HandleTable
{
    private readonly Machine _machine;
    private readonly int _processId;
    private readonly HandleNumbers _numbers;
    private ObObject?[] _objects = new ObObject?[16];
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
            if (index >= _objects.Length)
            {
                Array.Resize(ref _objects, Math.Max(index + 1, _objects.Length * 2));
            }

            _objects[index] = @object;
            _count++;
            handle = new NtHandle(_numbers.HandleOf(index));
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
        ObObject? found = _numbers.TryFind(handle.Value, out int index) ? _objects[index] : null;
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
        for (int index = 0; index < Volatile.Read(ref _objects).Length; index++)
        {
            _lock.Enter();
            NtHandle handle = new(_numbers.HandleOf(index));
            ObObject? found = _objects[index] is null ? null : TakeLocked(index);
            _lock.Exit();
            if (found is not null)
            {
                Trace(found, handle, created: false);
                found.RemoveHandle();
            }
        }
    }

    private ObObject? TakeLocked(int index)
    {
        ObObject? found = _objects[index];
        _objects[index] = null;
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
}
