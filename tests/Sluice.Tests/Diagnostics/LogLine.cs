using Microsoft.Extensions.Logging;

namespace Sluice.Tests.Diagnostics;

/// <summary>One line of a log, and the values in it.</summary>
internal sealed record LogLine(int Event, LogLevel Level, string Text, IReadOnlyList<string> Values);
