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
    private bool _hasHadHandle;

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

    /// <summary>Number of references held, those included that system calls in progress have borrowed from a handle.</summary>
    public long ReferenceCount => Volatile.Read(ref _references) + (HasHadHandle ? Machine.Borrowed.NumberOf(this) : 0);

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
            // Borrowed references are left only after one dereference too many: the object then lives on until they are returned.
            if (!HasHadHandle || !Machine.Borrowed.Count(this))
            {
                _typeCount.Decrement();
                Destroy();
            }
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

    /// <summary>Whether references to it may have been borrowed.</summary>
    private bool HasHadHandle => Volatile.Read(ref _hasHadHandle);

    /// <summary>Whether its count is that of an object that has gone.</summary>
    internal bool IsDead => Volatile.Read(ref _references) <= 0;

    /// <summary>Counts references that exist already.</summary>
    internal void AddReferences(int count) => Interlocked.Add(ref _references, count);

    internal void AddHandle()
    {
        Reference();
        Volatile.Write(ref _hasHadHandle, true);
        Interlocked.Increment(ref _handles);
    }

    /// <summary>
    /// Drops what <see cref="AddHandle"/> took, once the handle has left its table. No lock may be held: this may destroy the object.
    /// </summary>
    internal void RemoveHandle()
    {
        Machine.Borrowed.Count(this);
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
