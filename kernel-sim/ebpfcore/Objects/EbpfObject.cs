using KernelSim.EbpfCore.Epochs;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// An object that user mode can have a handle of: <c>ebpf_core_object_t</c>. It has two counts. References keep it alive. User references, one for
/// each handle and each pin path, are also references; while there are any, user mode can still reach it.
/// </summary>
/// <remarks>
/// When the last reference is dropped the id is removed at once, and the object is freed some epochs after every one that was open then has ended.
/// A wrong count bugchecks.
/// </remarks>
public abstract class EbpfObject : IHandleTarget
{
    private readonly ObjectDestruction _destruction;
    private long _references = 1;
    private long _userReferences;
    private int _pinnedPaths;

    private protected EbpfObject(CoreContext core, EbpfObjectType objectType)
    {
        Core = core;
        ObjectType = objectType;
        _destruction = new ObjectDestruction(this);
    }

    /// <summary>The type of the object.</summary>
    public EbpfObjectType ObjectType { get; }

    /// <summary>The object's id, <c>ebpf_id_t</c>: never 0, never reused while the driver stays loaded.</summary>
    public uint Id { get; internal set; }

    /// <summary>References held.</summary>
    public long ReferenceCount => Volatile.Read(ref _references);

    /// <summary>Number of handles and pin paths.</summary>
    public long UserReferenceCount => Volatile.Read(ref _userReferences);

    /// <summary>Number of paths that it is pinned to.</summary>
    public int PinnedPathCount => Volatile.Read(ref _pinnedPaths);

    /// <summary>
    /// The program type that it ties a map of objects to, <c>get_program_type</c>; null if it has nothing to do with programs.
    /// </summary>
    internal virtual Guid? BoundProgramType => null;

    internal CoreContext Core { get; }

    /// <summary>The value that stands for it in a map's slot or a program's register; <see cref="ObjectPointer.None"/> before it has an id.</summary>
    internal ObjectPointer Pointer { get; set; }

    /// <summary>Drops a reference obtained from a lookup; may be called from outside the kernel.</summary>
    public void Dereference()
    {
        using KernelScope kernel = Core.Machine.EnterKernel();
        using EpochScope epoch = Core.Epochs.Enter(kernel.Thread);
        Release(kernel.Thread);
    }

    /// <inheritdoc/>
    void IHandleTarget.OnHandleCreate(KeThread current) => AcquireUser();

    /// <inheritdoc/>
    void IHandleTarget.OnHandleClose(KeThread current)
    {
        using EpochScope epoch = Core.Epochs.Enter(current);
        ReleaseUser(current);
    }

    /// <summary>Takes a reference; the caller already holds one: <c>EBPF_OBJECT_ACQUIRE_REFERENCE</c>.</summary>
    internal void Acquire()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            FailFast();
        }
    }

    /// <summary>Takes a reference unless the object is being destroyed: for the id table, which owns none.</summary>
    internal bool TryAcquire()
    {
        long seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            long before = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    /// <summary>Takes a user reference.</summary>
    internal void AcquireUser()
    {
        Acquire();
        Interlocked.Increment(ref _userReferences);
    }

    /// <summary>Drops a user reference: <c>EBPF_OBJECT_RELEASE_REFERENCE_USER</c>. In an epoch.</summary>
    internal void ReleaseUser(KeThread current)
    {
        long left = Interlocked.Decrement(ref _userReferences);
        if (left < 0)
        {
            FailFast();
        }
        else if (left == 0)
        {
            OnNoUserReferences(current);
        }

        Release(current);
    }

    /// <summary>Drops a reference: <c>EBPF_OBJECT_RELEASE_REFERENCE</c>. In an epoch.</summary>
    internal void Release(KeThread current)
    {
        long left = Interlocked.Decrement(ref _references);
        if (left < 0)
        {
            FailFast();
        }
        else if (left == 0)
        {
            Core.Objects.Remove(current, this);
            OnNoReferences(current);
            Core.Epochs.Defer(current, _destruction);
        }
    }

    /// <summary>Adjusts the number of pin paths.</summary>
    internal void AddPinnedPaths(int change) => Interlocked.Add(ref _pinnedPaths, change);

    /// <summary>
    /// User mode cannot reach the object any more, unless it opens it by id: <c>notify_user_reference_count_zeroed</c>. In an epoch; the
    /// object is still referenced.
    /// </summary>
    internal virtual void OnNoUserReferences(KeThread current)
    {
    }

    /// <summary>Writes the info that operation 25 returns: <c>ebpf_*_get_info</c>.</summary>
    /// <param name="caller">The caller, for checks and traces.</param>
    /// <param name="given">The caller's info, of any length.</param>
    /// <param name="room">
    /// Room for the info in the reply, possibly none. It overlaps <paramref name="given"/>, which must be read before this is written.
    /// </param>
    /// <param name="written">Number of bytes written, on success.</param>
    internal abstract EbpfResult WriteInfo(in Caller caller, ReadOnlySpan<byte> given, Span<byte> room, out int written);

    /// <summary>The last reference was dropped: drops its references to others that need not wait for readers. In an epoch.</summary>
    internal virtual void OnNoReferences(KeThread current)
    {
    }

    /// <summary>No reader can reach the object any more. At DISPATCH_LEVEL.</summary>
    internal abstract void OnUnreachable(KeThread current);

    /// <summary>Frees the memory: everything that was retired before <see cref="OnUnreachable"/> has been freed. At DISPATCH_LEVEL.</summary>
    internal abstract void Free(KeThread current);

    private void FailFast() =>
        Core.Machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, Id, (ulong)_references, (ulong)_userReferences);

    /// <summary>
    /// Frees in three steps, one epoch release apart. After the first no thread can reach the object. But a thread that could, without a reference
    /// of its own (a program that found a map in a map of maps), may have retired blocks up to the end of its epoch; they wait on its
    /// processor for the second release, which visits one processor after another. Only after that one has visited all, at the third, may
    /// the lists be freed that the blocks belong to.
    /// </summary>
    private sealed class ObjectDestruction(EbpfObject target) : EpochWork
    {
        private int _releases;

        public override void Run(KeThread current)
        {
            switch (++_releases)
            {
                case 1:
                    target.OnUnreachable(current);
                    break;
                case 3:
                    target.Free(current);
                    target.Core.Objects.OnFreed(current, target);
                    return;
            }

            target.Core.Epochs.Defer(current, this);
        }
    }
}
