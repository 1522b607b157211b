namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>The exhibits, in the order in which the museum is walked through: sizes, cursors and ends, the driver, neighbours.</summary>
internal static class ExhibitTable
{
    /// <summary>One row per exhibit.</summary>
    public static IReadOnlyList<IExhibit> All { get; } =
    [
        new UnscaledBatch(),
        new ShortUpdateBuffer(),
        new UnscaledLookup(),
        new FirstByteCleared(),
        new NullOptions(),
        new ExactMultiple(),
        new DeletedCursor(),
        new DrainedByCursor(),
        new ReplyOfFailure(),
        new RestartedSubscriber(),
        new DeleteBeforeFirst(),
        new MissingKey(),
        new KeptLink(),
        new DividedByKeySize(),
        new CursorOfFourBytes(),
        new OneValueBuffer(),
        new ForgottenPadding(),
    ];

    /// <summary>The exhibit with an id; null if there is none.</summary>
    public static IExhibit? Find(string id) => All.FirstOrDefault(e => e.Label.Id == id);
}
