using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ob;

/// <summary>A system call's reference to an object that it found by handle, or to none; disposing it gives the reference back.</summary>
internal readonly ref struct ObReference(KeThread current, ObObject? @object) : IDisposable
{
    /// <summary>Gives the reference back.</summary>
    public void Dispose()
    {
        if (@object is not null)
        {
            HandleTable.Return(current, @object);
        }
    }
}
