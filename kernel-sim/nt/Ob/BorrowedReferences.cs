using KernelSim.Nt.Ke;

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
    private readonly ProcessorLocal<BorrowList> _lists = new(processors);

    /// <summary>The list of a thread's home processor.</summary>
    public BorrowList ListOf(int processor) => _lists.Of(processor);

    /// <summary>Turns all borrowed references to an object into counted ones. True if there were any.</summary>
    public bool Count(ObObject @object)
    {
        bool any = false;
        foreach (BorrowList? list in _lists.All)
        {
            any |= list?.Count(@object) ?? false;
        }

        return any;
    }

    /// <summary>Number of borrowed references to an object.</summary>
    public long NumberOf(ObObject @object)
    {
        long number = 0;
        foreach (BorrowList? list in _lists.All)
        {
            number += list?.NumberOf(@object) ?? 0;
        }

        return number;
    }
}
