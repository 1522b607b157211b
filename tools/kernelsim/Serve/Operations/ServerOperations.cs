using KernelSim.Tool.Client;

namespace KernelSim.Tool.Serve.Operations;

/// <summary>The operations of a server itself that have one answer. The connection runs bpftool's commands and their interruption.</summary>
internal static class ServerOperations
{
    /// <summary>The operations for one connection.</summary>
    public static Dictionary<string, IServerOperation> For(ServerConnection connection) => new()
    {
        [ServerOperationTable.Hello] = new HelloOperation(connection),
        [ServerOperationTable.Statistics] = new StatisticsOperation(connection.Server),
        [ServerOperationTable.FlightRecorder] = new FlightRecorderOperation(connection.Server.Lab.Machine),
        [ServerOperationTable.Stop] = new StopOperation(connection),
    };
}
