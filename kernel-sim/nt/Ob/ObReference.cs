namespace KernelSim.Nt.Ob;

/// <summary>A reference to an object, or to none; disposing it releases the reference.</summary>
internal readonly ref struct ObReference(ObObject? @object) : IDisposable
{
    /// <summary>Releases the reference: <c>ObDereferenceObject</c>.</summary>
    public void Dispose() => @object?.Dereference();
}
