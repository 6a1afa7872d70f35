"""AWS as far as the TTL cleanup sees it, in memory, behind the interface of boto3's clients.

It behaves as AWS does where that is awkward: deletions that fail, stacks in progress, old lists,
pages, throttling, answers that are lost after the effect. Each rule names its source where it is
written. These have none, and are how we believe AWS to be:

- DescribeStacks of one stack is up to date; the list of all may be some seconds old, and may
  leave out a stack when others come and go between its pages.
- A call that CloudFormation has not carried out when its timeout is over is never carried out.
- An update of a stack takes 20 seconds at least; the deletion of one that was rolled back, 2.
- DescribeStacks gives a stack whose deletion failed the time of that deletion.
- CloudFormation calls a custom resource's function again if that crashed (Lambda's own repetition
  of asynchronous calls), at most twice, a minute apart.
- A scan's pages and a read that was asked for as consistent show every write that was answered.
"""
