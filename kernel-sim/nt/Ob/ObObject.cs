namespace KernelSim.Nt.Ob;

/// <summary>
/// A kernel object: counted references, and destruction when the last goes. A concrete object adds only its own state. Born with one
/// reference, which its creator owns.
/// </summary>
public abstract class ObObject
{
    /// <summary>Makes an object with one reference.</summary>
    protected ObObject(Machine machine, string typeName)
    {
        Machine = machine;
        TypeName = typeName;
    }

    /// <summary>The machine that it lives in.</summary>
    public Machine Machine { get; }

    /// <summary>Its type, as a debugger shows it: <c>File</c>, <c>Process</c>, <c>Event</c>.</summary>
    public string TypeName { get; }

    /// <summary>References held.</summary>
    public long ReferenceCount => throw null!;

    /// <summary>Takes a reference: <c>ObReferenceObject</c>. The caller holds one already; a dead object bugchecks.</summary>
    public void Reference() => throw null!;

    /// <summary>Takes a reference unless the object is already going: for tables that do not own what they list.</summary>
    public bool TryReference() => throw null!;

    /// <summary>Drops a reference: <c>ObDereferenceObject</c>. The last one destroys the object on this thread; one too many bugchecks.</summary>
    public void Dereference() => throw null!;

    /// <summary>Called once, when the last reference has gone.</summary>
    protected abstract void Destroy();

    /// <summary>Called when a process closes a handle to it (each time): file objects send IRP_MJ_CLEANUP from here on the last.</summary>
    protected internal virtual void HandleClosed(long remainingHandles)
    {
    }
}
