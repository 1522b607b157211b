namespace KernelSim.Protocol.Checks;

/// <summary>How the given number of a <see cref="Check"/> must stand to the expected one.</summary>
public enum CheckRelation
{
    /// <summary>Given = expected.</summary>
    Equal,

    /// <summary>Given >= expected.</summary>
    AtLeast,

    /// <summary>Given &lt;= expected.</summary>
    AtMost,

    /// <summary>Given &lt; expected.</summary>
    LessThan,

    /// <summary>Between two limits; expected is the one that was crossed, or the upper one of what passed.</summary>
    Range,

    /// <summary>Given = expected for a message of fixed size, given >= expected for one with a tail.</summary>
    Size,

    /// <summary>Given = 0 or given = expected.</summary>
    ZeroOr,

    /// <summary>Given is a multiple of some record's size; expected is such a multiple, next to it.</summary>
    WholeRecords,

    /// <summary>Given is a multiple of expected.</summary>
    MultipleOf,

    /// <summary>Given and expected have a bit in common.</summary>
    AnyBitOf,

    /// <summary>Only given is a number. <see cref="Check.Accepts"/> may describe what is expected.</summary>
    InWords,
}
