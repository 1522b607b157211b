namespace KernelSim.LabScripts.Output;

/// <summary>How a verb writes its data.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>JSON without white space.</summary>
    Json,

    /// <summary>JSON, indented.</summary>
    PrettyJson,
}
