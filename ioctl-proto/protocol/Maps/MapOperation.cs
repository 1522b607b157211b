namespace KernelSim.Protocol;

/// <summary>The operations on maps. <see cref="MapTypeTraits"/> says which types support which.</summary>
/// <remarks>Batch updates and batch deletes are loops over the single operations and have no entry of their own.</remarks>
public enum MapOperation
{
    /// <summary>Find a value; for queues and stacks, peek.</summary>
    Find,

    /// <summary>Find a value and delete it; for queues and stacks, pop.</summary>
    FindAndDelete,

    /// <summary>Insert or replace a value; for queues and stacks, push.</summary>
    Update,

    /// <summary>Store an object, given by handle.</summary>
    UpdateWithHandle,

    /// <summary>Delete an element; arrays zero it.</summary>
    Delete,

    /// <summary>Find the key after another.</summary>
    NextKey,

    /// <summary>Read many elements.</summary>
    BatchGet,

    /// <summary>Read many elements and delete them.</summary>
    BatchGetAndDelete,

    /// <summary>A program's push.</summary>
    HelperPush,

    /// <summary>A program's pop and peek.</summary>
    HelperPop,

    /// <summary>Query, asynchronous query, return, write and wait handle of a ring.</summary>
    Ring,
}
