namespace KernelSim.EbpfCore.Rings;

/// <summary>Room in a ring reserved by one writer: a locked record, until it is submitted or discarded.</summary>
/// <param name="Offset">Start of the record, in bytes since the ring was created.</param>
/// <param name="Length">Size of the payload in bytes.</param>
internal readonly record struct RingReservation(ulong Offset, uint Length);
