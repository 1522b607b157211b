namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// A link in a circular list, and the head of one: <c>ebpf_list_entry_t</c>. It is in pool, so its address does not change. The lock of the
/// list's partition is held for everything except <see cref="IsEmpty"/>.
/// </summary>
internal unsafe struct LruLink
{
    // Addresses, of 8 bytes on a host of any size.
    private ulong _next;
    private ulong _previous;

    /// <summary>The first link of the list that this is the head of; the head itself if the list is empty.</summary>
    public readonly LruLink* First => (LruLink*)_next;

    private readonly LruLink* Last => (LruLink*)_previous;

    /// <summary>Initializes the head of an empty list.</summary>
    public static void Initialize(LruLink* head) => head->_next = head->_previous = (ulong)head;

    /// <summary>Whether the list is empty; only a hint without the lock.</summary>
    public static bool IsEmpty(LruLink* head) => Volatile.Read(ref head->_next) == (ulong)head;

    /// <summary>Appends a link to a list.</summary>
    public static void Append(LruLink* head, LruLink* link)
    {
        link->_next = (ulong)head;
        link->_previous = head->_previous;
        head->Last->_next = (ulong)link;
        head->_previous = (ulong)link;
    }

    /// <summary>Removes a link from its list.</summary>
    public static void Remove(LruLink* link)
    {
        link->Last->_next = link->_next;
        link->First->_previous = link->_previous;
    }

    /// <summary>Moves all links of a list to the end of another, in their order.</summary>
    public static void MoveAll(LruLink* from, LruLink* to)
    {
        if (from->First == from)
        {
            return;
        }

        from->First->_previous = to->_previous;
        to->Last->_next = from->_next;
        from->Last->_next = (ulong)to;
        to->_previous = from->_previous;
        Initialize(from);
    }
}
