namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// A link in a circular list, and the head of one: <c>ebpf_list_entry_t</c>. It is in pool, so its address does not change. The lock of the
/// list's partition is held for everything except <see cref="IsEmpty"/>.
/// </summary>
internal unsafe struct LruLink
{
    private LruLink* _next;
    private LruLink* _previous;

    /// <summary>The first link of the list that this is the head of; the head itself if the list is empty.</summary>
    public readonly LruLink* First => _next;

    /// <summary>Initializes the head of an empty list.</summary>
    public static void Initialize(LruLink* head) => head->_next = head->_previous = head;

    /// <summary>Whether the list is empty; only a hint without the lock.</summary>
    public static bool IsEmpty(LruLink* head) => (LruLink*)Volatile.Read(ref *(nint*)&head->_next) == head;

    /// <summary>Appends a link to a list.</summary>
    public static void Append(LruLink* head, LruLink* link)
    {
        link->_next = head;
        link->_previous = head->_previous;
        head->_previous->_next = link;
        head->_previous = link;
    }

    /// <summary>Removes a link from its list.</summary>
    public static void Remove(LruLink* link)
    {
        link->_previous->_next = link->_next;
        link->_next->_previous = link->_previous;
    }

    /// <summary>Moves all links of a list to the end of another, in their order.</summary>
    public static void MoveAll(LruLink* from, LruLink* to)
    {
        if (from->_next == from)
        {
            return;
        }

        from->_next->_previous = to->_previous;
        to->_previous->_next = from->_next;
        from->_previous->_next = to;
        to->_previous = from->_previous;
        Initialize(from);
    }
}
