namespace KernelSim.Nt.Ob;

/// <summary>
/// References that system calls have for their duration to objects that they found by handle. They are not in the object's count, which all
/// processors share, but in a list of the calling thread's home processor.
/// </summary>
/// <remarks>
/// What keeps the object alive is the handle: before a handle drops its reference, having left its table, it turns those borrowed into counted
/// ones (<see cref="Count"/>). A look-up reads the table under its list's lock, so either the closing thread finds what it borrowed, or it
/// finds the handle closed.
/// </remarks>
internal sealed class BorrowedReferences(int processors)
{
    // By processor, made when first used.
    private readonly BorrowList?[] _lists = new BorrowList?[processors];

    /// <summary>The list of a thread's home processor.</summary>
    public BorrowList ListOf(int processor) => _lists[processor] ?? Create(processor);

    /// <summary>Turns all borrowed references to an object into counted ones. True if there were any.</summary>
    public bool Count(ObObject @object)
    {
        bool any = false;
        foreach (ref BorrowList? list in _lists.AsSpan())
        {
            any |= Volatile.Read(ref list)?.Count(@object) ?? false;
        }

        return any;
    }

    /// <summary>Number of borrowed references to an object.</summary>
    public long NumberOf(ObObject @object)
    {
        long number = 0;
        foreach (ref BorrowList? list in _lists.AsSpan())
        {
            number += Volatile.Read(ref list)?.NumberOf(@object) ?? 0;
        }

        return number;
    }

    private BorrowList Create(int processor)
    {
        BorrowList created = new();
        return Interlocked.CompareExchange(ref _lists[processor], created, null) ?? created;
    }
}
