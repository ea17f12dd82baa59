using Sluice.Body;
using Sluice.Downstream;
using Sluice.Failures;

namespace Sluice.Tests.Downstream;

/// <summary>A downstream service that does what a test says, for one request.</summary>
internal sealed class ScriptedDownstream : IDownstreams, IDownstreamRequest
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _dropped = new();
    private Task<Result<int>> _reading = Task.FromResult<Result<int>>(0);

    /// <summary>What it answers.</summary>
    public int Status { get; init; } = 200;

    /// <summary>It answers when it has read so many bytes; by default when it has read all.</summary>
    public long? AnswersAt { get; init; }

    /// <summary>It closes the connection when it has read so many bytes.</summary>
    public long? DiesAt { get; init; }

    /// <summary>It does not listen.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Happens before each of its reads.</summary>
    public Func<long, Task> BeforeRead { get; init; } = static _ => Task.CompletedTask;

    /// <summary>What it has received.</summary>
    public MemoryStream Received { get; } = new();

    /// <summary>It took the body for whole: the end came, or as many bytes as were declared.</summary>
    public bool SawWhole { get; private set; }

    /// <summary>The request was cut under it.</summary>
    public bool SawAbort { get; private set; }

    /// <summary>The client got its answer.</summary>
    public bool Answered => _answered.Task.IsCompleted;

    public long? DeclaredLength { get; init; }

    public Failure? Check(RelayPath path) => null;

    public long? MaxBytes(RelayPath path) => null;

    public RelayRequest Describe(IReadOnlyList<RelayPath> paths) => new(paths, "PUT", "", []);

    public IDownstreamRequest Open(RelayPath path, Guid? key = null) => this;

    public async ValueTask<Result<int>> SendAsync(BodySource body, CancellationToken cancellationToken)
    {
        if (IsUnreachable)
        {
            return new Failure(FailureKind.DownstreamUnreachable, Phase.Transfer, "It does not listen.");
        }

        var head = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _reading = ReadAsync(body, head, cancellationToken);
        await Task.WhenAny(head.Task, _reading);
        return head.Task.IsCompleted ? await head.Task : await _reading;
    }

    public ValueTask<Failure?> AnswerAsync()
    {
        _answered.TrySetResult();
        return ValueTask.FromResult<Failure?>(null);
    }

    public async ValueTask DisposeAsync()
    {
        await _dropped.CancelAsync();
        await _reading;
    }

    private async Task<Result<int>> ReadAsync(BodySource body, TaskCompletionSource<int> head, CancellationToken upload)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(upload, _dropped.Token);
        var buffer = new byte[10_000];
        while (true)
        {
            if (Received.Length >= AnswersAt)
            {
                head.TrySetResult(Status);
                await Task.Delay(Timeout.Infinite, ends.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
                SawAbort = true;
                return Status;
            }

            if (Received.Length >= DiesAt)
            {
                return new Failure(FailureKind.DownstreamBroke, Phase.Transfer, "It went away.");
            }

            await BeforeRead(Received.Length);
            var read = await body.ReadAsync(
                buffer.AsMemory(0, (int)Math.Min(buffer.Length, (AnswersAt ?? DiesAt ?? long.MaxValue) - Received.Length)), ends.Token);
            Received.Write(buffer, 0, read.Bytes);
            SawWhole = read.End || Received.Length == DeclaredLength;
            if (read.Failure is not null)
            {
                SawAbort = true;
                return read.Failure;
            }

            if (read.End)
            {
                head.TrySetResult(Status);
                return Status;
            }
        }
    }
}
