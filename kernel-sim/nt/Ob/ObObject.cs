namespace KernelSim.Nt.Ob;

/// <summary>
/// A kernel object: counted references, and destruction with the last one. A concrete object adds only its own state. Created with one
/// reference, which the creator owns.
/// </summary>
public abstract class ObObject
{
    private readonly ObjectTypeCount _typeCount;
    private long _references = 1;
    private long _handles;

    /// <summary>Initializes an object with one reference.</summary>
    protected ObObject(Machine machine, string typeName)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Machine = machine;
        TypeName = typeName;
        _typeCount = machine.Objects.CountOf(typeName);
        _typeCount.Increment();
    }

    /// <summary>The machine that the object belongs to.</summary>
    public Machine Machine { get; }

    /// <summary>Name of the object's type, as a debugger shows it: <c>File</c>, <c>Process</c>, <c>Event</c>.</summary>
    public string TypeName { get; }

    /// <summary>Number of references held.</summary>
    public long ReferenceCount => Volatile.Read(ref _references);

    /// <summary>Number of handles to it, in all processes.</summary>
    public long HandleCount => Volatile.Read(ref _handles);

    /// <summary>Takes a reference: <c>ObReferenceObject</c>. The caller must already hold one; on a dead object it bugchecks.</summary>
    public void Reference()
    {
        long count = Interlocked.Increment(ref _references);
        if (count <= 1)
        {
            Machine.BugCheck(BugcheckCode.ReferenceByPointer, 0, 0, 0x10, unchecked((ulong)count));
        }
    }

    /// <summary>Takes a reference unless the object is being destroyed: for tables that do not own the objects they list.</summary>
    public bool TryReference()
    {
        long count = Volatile.Read(ref _references);
        while (count > 0)
        {
            long seen = Interlocked.CompareExchange(ref _references, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>Drops a reference: <c>ObDereferenceObject</c>. The last one destroys the object on this thread; one too many bugchecks.</summary>
    public void Dereference()
    {
        long count = Interlocked.Decrement(ref _references);
        if (count == 0)
        {
            _typeCount.Decrement();
            Destroy();
        }
        else if (count < 0)
        {
            Machine.BugCheck(BugcheckCode.ReferenceByPointer, 0, 0, 0x18, unchecked((ulong)count));
        }
    }

    /// <summary>Destroys the object. Called once, when the last reference has been dropped.</summary>
    protected abstract void Destroy();

    /// <summary>Called each time a process closes a handle to the object. File objects send IRP_MJ_CLEANUP at the last one.</summary>
    protected internal virtual void HandleClosed(long remainingHandles)
    {
    }

    internal void AddHandle()
    {
        Reference();
        Interlocked.Increment(ref _handles);
    }

    /// <summary>Drops what <see cref="AddHandle"/> took. No lock may be held: this may destroy the object.</summary>
    internal void RemoveHandle()
    {
        HandleClosed(Interlocked.Decrement(ref _handles));
        Dereference();
    }

    /// <summary>Reverts <see cref="AddHandle"/> for a handle that was never returned, as if it had never existed.</summary>
    internal void UndoHandle()
    {
        Interlocked.Decrement(ref _handles);
        Dereference();
    }
}
