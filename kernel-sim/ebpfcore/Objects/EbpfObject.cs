using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Epochs;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// What user mode can have a handle of: <c>ebpf_core_object_t</c>. It has two counts. References keep it alive. User references, one for
/// each handle and each pin path, are references too, and say that user mode can still reach it.
/// </summary>
/// <remarks>
/// When the last reference goes the id is free of it at once, and the object is freed some epochs after every one that was open then has ended.
/// A wrong count bugchecks.
/// </remarks>
public abstract class EbpfObject
{
    private readonly ObjectDestruction _destruction;
    private long _references = 1;
    private long _userReferences;
    private int _pinnedPaths;

    private protected EbpfObject(EbpfCore core, EbpfObjectType objectType)
    {
        Core = core;
        ObjectType = objectType;
        _destruction = new ObjectDestruction(this);
    }

    /// <summary>What kind of object.</summary>
    public EbpfObjectType ObjectType { get; }

    /// <summary>Its id, <c>ebpf_id_t</c>: never 0, never given twice while the driver stays loaded.</summary>
    public uint Id { get; internal set; }

    /// <summary>References held.</summary>
    public long ReferenceCount => Volatile.Read(ref _references);

    /// <summary>Handles and pin paths.</summary>
    public long UserReferenceCount => Volatile.Read(ref _userReferences);

    /// <summary>Paths that it is pinned under.</summary>
    public int PinnedPathCount => Volatile.Read(ref _pinnedPaths);

    /// <summary>
    /// The type of programs that it brings into a map of objects, <c>get_program_type</c>; null when it has nothing to do with any.
    /// </summary>
    internal virtual Guid? BoundProgramType => null;

    internal EbpfCore Core { get; }

    /// <summary>What a map's slot or a program's register holds for it; <see cref="ObjectPointer.None"/> before it has an id.</summary>
    internal ObjectPointer Pointer { get; set; }

    /// <summary>Drops a reference that a look-up handed out, from outside the kernel too.</summary>
    public void Dereference()
    {
        using KernelScope kernel = Core.Machine.EnterKernel();
        using EpochScope epoch = Core.Epochs.Enter(kernel.Thread);
        Release(kernel.Thread);
    }

    /// <summary>Takes a reference; the caller holds one already: <c>EBPF_OBJECT_ACQUIRE_REFERENCE</c>.</summary>
    internal void Acquire()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            FailFast();
        }
    }

    /// <summary>Takes a reference unless the object is going: for the id table, which owns none.</summary>
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

    /// <summary>Counts a pin path more or less.</summary>
    internal void AddPinnedPaths(int change) => Interlocked.Add(ref _pinnedPaths, change);

    /// <summary>
    /// User mode cannot reach the object any more, unless it opens it by id: <c>notify_user_reference_count_zeroed</c>. In an epoch; the
    /// object is still referenced.
    /// </summary>
    internal virtual void OnNoUserReferences(KeThread current)
    {
    }

    /// <summary>Writes what operation 25 tells of it: <c>ebpf_*_get_info</c>.</summary>
    /// <param name="call">The request.</param>
    /// <param name="requestOffset">Where the caller's info lies in the request; it ends where the request does.</param>
    /// <param name="replyOffset">Where the info goes in the reply, over the caller's; it may be longer than the room there.</param>
    /// <param name="written">Bytes written, on success.</param>
    internal abstract EbpfResult WriteInfo(in ProtocolCall call, int requestOffset, int replyOffset, out int written);

    /// <summary>Its last reference went: drops what it holds of others that need not wait for readers. In an epoch.</summary>
    internal virtual void OnNoReferences(KeThread current)
    {
    }

    /// <summary>No reader has the object any more. At DISPATCH_LEVEL.</summary>
    internal abstract void OnUnreachable(KeThread current);

    /// <summary>Gives back the memory: everything that was retired before <see cref="OnUnreachable"/> has been freed. At DISPATCH_LEVEL.</summary>
    internal abstract void Free(KeThread current);

    private void FailFast() =>
        Core.Machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, Id, (ulong)_references, (ulong)_userReferences);

    /// <summary>
    /// Frees in three steps, a release apart. After the first nobody is left who could reach the object. But who could, without a reference
    /// of its own (a program that found a map in a map of maps), may have retired blocks up to the end of its epoch; they wait on its
    /// processor for the second release, which visits one processor after another. Only after that one has been everywhere, at the third, may
    /// the lists go that the blocks belong to.
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
